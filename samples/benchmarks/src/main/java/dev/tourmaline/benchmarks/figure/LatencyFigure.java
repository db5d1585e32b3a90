package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.text;

import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.benchmarks.figure.Pacer.Latencies;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.workload.FrameFile;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.HostileStream;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How long frames take until their decisions have been made, at a steady pace. */
final class LatencyFigure {

  private static final int WARM_SECONDS = 5;
  private static final int SECONDS = 20;
  private static final int HOSTILE_ACTIONS = 100_000;

  private LatencyFigure() {}

  static List<Finding> latency(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 12);
    File file = setup.scratch().file(stream);
    Workload load = setup.steps(50, 2);
    double rate = setup.rate().orElse(20_000.0);
    int opening = stream.sessions() * 2;
    Latencies found = setup.inWorker("4g", () -> measure(load, file, opening, rate));
    String measure = "accept to decision at %,.0f actions/s, %,d sessions, two lanes";
    return List.of(
        new Finding(
            measure.formatted(rate, stream.sessions()),
            "p99 under 2 ms",
            text("p99 %s ms", Latencies.millis(found.given(), 99)),
            found.toString()));
  }

  /** Gives an engine frames that open the sessions, as fast as it takes them, then the others. */
  private static Latencies measure(Workload load, File file, int opening, double rate)
      throws IOException {
    try (Feed feed = new Feed(load, true);
        FrameFile frames = new FrameFile(file)) {
      for (int i = 0; i < opening && frames.next(); i++) {
        feed.advanceTo(frames.forwardedAt());
        feed.put(frames.frame());
      }
      feed.await();
      Pacer pacer = new Pacer(feed, rate, rate * WARM_SECONDS);
      while (pacer.sent() < rate * (WARM_SECONDS + SECONDS) && frames.next()) {
        feed.advanceTo(frames.forwardedAt());
        pacer.send(frames.frame(), frames.count());
      }
      return pacer.latencies();
    }
  }

  /** What an engine makes of texts that are all new and as long as can be. */
  record Survival(Latencies latencies, String counted, long heap) implements Serializable {}

  static List<Finding> hostile(Setup setup) {
    int sessions = setup.sessions().orElse(10_000);
    int actions = setup.actions().map(each -> each * sessions).orElse(HOSTILE_ACTIONS);
    double rate = setup.rate().orElse(500.0);
    Workload load = setup.steps(50, 2);
    List<Finding> found = new ArrayList<>();
    for (int senders : new int[] {sessions, 1}) {
      HostileStream stream = new HostileStream(senders, 1);
      String measure = "%,d actions at %,.0f/s, each with a new text of 64 KiB, from %,d sessions";
      String value = "does not live";
      String detail;
      try {
        Survival end = setup.inWorker("512m", () -> survive(load, stream, actions, rate));
        value = text("p99 %s ms", Latencies.millis(end.latencies.due(), 99));
        String all = "%s; %s MB of heap in the end, -Xmx512m; %s";
        detail = text(all, end.latencies, end.heap / 1e6, end.counted);
      } catch (IOException e) {
        detail = String.valueOf(e.getMessage());
      }
      String sized = measure.formatted(actions, rate, senders);
      found.add(new Finding(sized, "lives, p99 under 20 ms", value, detail));
    }
    return found;
  }

  static Survival survive(Workload load, HostileStream stream, int actions, double rate) {
    try (Feed feed = new Feed(load, SessionLimits.defaults())) {
      Pacer pacer = new Pacer(feed, rate, actions / 10.0);
      for (int i = 0; i < actions; i++) {
        pacer.send(stream.frame(i, feed.now()), 1);
      }
      Latencies latencies = pacer.latencies();
      return new Survival(latencies, counted(feed.engine.stats()), SessionFigures.heapInUse());
    }
  }

  /** All counters that are not 0, but those of flows. */
  private static String counted(EngineStats stats) {
    String counters = stats.toString().replaceAll("\\w+ByFlow=\\{.*?}", "");
    return Pattern.compile("\\w+=[1-9]\\d*")
        .matcher(counters)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.joining(", "));
  }
}
