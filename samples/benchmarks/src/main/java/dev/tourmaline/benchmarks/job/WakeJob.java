package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Rounds;
import dev.tourmaline.benchmarks.stream.FrameBuffer;
import dev.tourmaline.benchmarks.stream.StreamGenerator;
import dev.tourmaline.benchmarks.stream.StreamShape;
import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.UiAction;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Wakes every session of an engine by one action, then gives each another action while it is awake:
 * the difference of the lane's processor time is what waking costs.
 */
final class WakeJob {

  private static final double MICROS = 1000;

  private WakeJob() {}

  static Values run(Values told) {
    int sessions = told.whole("sessions");
    Rounds asleep = new Rounds();
    Rounds awake = new Rounds();
    try (Feed feed = new Feed(told.with("lanes", 1), Feed.USUAL)) {
      Map<String, ActionsEvent> newest = open(feed, sessions, told.whole("actions"));
      for (int round = 0; round < told.whole("rounds"); round++) {
        feed.putToSleep(sessions);
        asleep.add(one(feed, newest));
        awake.add(one(feed, newest));
      }
    }
    double first = asleep.median();
    double second = awake.median();
    return Values.none().with("asleep", first).with("awake", second).with("micros", first - second);
  }

  private static Map<String, ActionsEvent> open(Feed feed, int sessions, int actions) {
    Map<String, ActionsEvent> newest = new HashMap<>();
    EventDecoder decoder = EventDecoder.create();
    StreamGenerator generator = new StreamGenerator(StreamShape.of(sessions, actions));
    FrameBuffer buffer = new FrameBuffer();
    while (generator.hasNext()) {
      buffer.clear();
      feed.clock.advanceTo(generator.next(buffer));
      if (decoder.decode(buffer.toBytes()) instanceof DecodeResult.Decoded decoded
          && decoded.event() instanceof ActionsEvent event) {
        newest.put(event.sessionId(), event);
      }
      feed.put(buffer.toBytes());
    }
    feed.await();
    return newest;
  }

  /** {@return the lane's microseconds for one more action of every session} */
  private static double one(Feed feed, Map<String, ActionsEvent> newest) {
    feed.clock.advanceTo(feed.clock.millis() + 1_000);
    Instant now = feed.clock.instant();
    long before = laneNanos();
    CompletionStage<?>[] last = new CompletionStage<?>[1];
    newest.forEach(
        (session, event) -> {
          UiAction seen = event.actions().get(0);
          UiAction next =
              UiAction.builder("click")
                  .title(seen.title())
                  .description(seen.description())
                  .start(now)
                  .rawUrl(seen.rawUrl())
                  .canonicalUrl(seen.canonicalUrl())
                  .sessionId(session)
                  .userId(seen.userId())
                  .build();
          last[0] = feed.engine.accept(event.withActions(List.of(next)));
        });
    last[0].toCompletableFuture().join();
    return (laneNanos() - before) / MICROS / newest.size();
  }

  private static long laneNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("tourmaline-lane"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }
}
