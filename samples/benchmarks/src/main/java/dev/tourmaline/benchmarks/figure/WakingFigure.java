package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.text;

import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.benchmarks.workload.GeneratedStream;
import dev.tourmaline.benchmarks.workload.Workload;
import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.UiAction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What waking costs: every session gets one action while it is asleep, then another while it is
 * awake; the difference of the lane's processor time counts.
 */
final class WakingFigure {

  private WakingFigure() {}

  static List<Finding> waking(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(20_000, 100);
    Workload load = setup.steps(50, 1);
    int rounds = setup.rounds() + 2;
    double[] micros = setup.inWorker("4g", () -> measure(load, stream, rounds));
    String measure = text("waking at %d actions, step rules", stream.actions());
    String detail = "an action takes %s us asleep and %s us awake, of the lane's CPU time";
    String difference = text("%s us", micros[0] - micros[1]);
    return List.of(new Finding(measure, "20 us", difference, text(detail, micros[0], micros[1])));
  }

  /** The lane's microseconds for an action of a session asleep, and of one awake. */
  private static double[] measure(Workload load, GeneratedStream stream, int rounds) {
    List<Double> asleep = new ArrayList<>();
    List<Double> awake = new ArrayList<>();
    try (Feed feed = new Feed(load, true)) {
      Map<String, ActionsEvent> newest = new HashMap<>();
      EventDecoder decoder = EventDecoder.create();
      stream.forEach(
          GeneratedStream.BEGIN,
          frame -> {
            feed.put(frame);
            DecodeResult.Decoded decoded = (DecodeResult.Decoded) decoder.decode(frame.bytes());
            ActionsEvent event = (ActionsEvent) decoded.event();
            newest.put(event.sessionId(), event);
          });
      feed.await();
      for (int round = 0; round < rounds; round++) {
        feed.putToSleep(stream.sessions());
        asleep.add(oneMore(feed, newest.values()));
        awake.add(oneMore(feed, newest.values()));
      }
    }
    return new double[] {Pace.median(asleep), Pace.median(awake)};
  }

  /** The lane's microseconds for one more action of every session. */
  private static double oneMore(Feed feed, Collection<ActionsEvent> newest) {
    feed.advanceTo(feed.now() + 1_000);
    Instant now = Instant.ofEpochMilli(feed.now());
    long before = laneNanos();
    List<CompletionStage<Void>> taken = new ArrayList<>();
    for (ActionsEvent event : newest) {
      UiAction seen = event.actions().get(0);
      UiAction.Builder next = UiAction.builder("click").start(now);
      next.title(seen.title()).description(seen.description());
      next.rawUrl(seen.rawUrl()).canonicalUrl(seen.canonicalUrl());
      next.sessionId(seen.sessionId()).userId(seen.userId());
      taken.add(feed.engine.accept(event.withActions(List.of(next.build()))));
    }
    taken.forEach(stage -> stage.toCompletableFuture().join());
    return (laneNanos() - before) / 1e3 / newest.size();
  }

  private static long laneNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("tourmaline-lane"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }
}
