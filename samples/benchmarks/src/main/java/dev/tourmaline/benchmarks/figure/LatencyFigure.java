package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.text;

import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.workload.FrameFile;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long frames take until their decisions have been made, at a steady pace. */
final class LatencyFigure {

  private static final double RATE = 20_000;
  private static final int WARM_SECONDS = 5;
  private static final int SECONDS = 20;

  private LatencyFigure() {}

  /**
   * The nanoseconds of frames from when each was given to the engine and from when it was due,
   * which charges the engine for a sender that had to wait; and how many actions a second came.
   */
  private record Latencies(Histogram given, Histogram due, double rate) implements Serializable {}

  static List<Finding> latency(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 12);
    File file = setup.scratch().file(stream);
    Latencies found = setup.inWorker("4g", () -> measure(file, stream.sessions() * 2));
    String measure = "accept to decision at %,.0f actions/s, %,d sessions";
    String numbers = "%s; from when it was due: %s; %s actions/s, two lanes";
    return List.of(
        new Finding(
            measure.formatted(RATE, stream.sessions()),
            "p99 under 2 ms",
            text("p99 %s ms", millis(found.given, 99)),
            text(numbers, quantiles(found.given), quantiles(found.due), found.rate)));
  }

  private static String quantiles(Histogram times) {
    String quantiles = "p50 %s, p99 %s, p99.9 %s ms";
    return text(quantiles, millis(times, 50), millis(times, 99), millis(times, 99.9));
  }

  private static double millis(Histogram times, double percent) {
    return times.getValueAtPercentile(percent) / 1e6;
  }

  /** Gives an engine frames that open the sessions, as fast as it takes them, then the others. */
  private static Latencies measure(File file, int opening) throws IOException {
    Histogram sinceGiven = new ConcurrentHistogram(3);
    Histogram sinceDue = new ConcurrentHistogram(3);
    try (Feed feed = new Feed(Workload.steps(50, 2), true);
        FrameFile frames = new FrameFile(file)) {
      for (int i = 0; i < opening && frames.next(); i++) {
        feed.advanceTo(frames.forwardedAt());
        feed.put(frames.frame());
      }
      feed.await();
      Stopwatch watch = new Stopwatch();
      long begin = Stopwatch.nanos();
      long actions = 0;
      while (actions < RATE * (WARM_SECONDS + SECONDS) && frames.next()) {
        byte[] frame = frames.frame();
        feed.advanceTo(frames.forwardedAt());
        long due = begin + (long) (actions / RATE * Stopwatch.SECOND);
        Stopwatch.waitUntil(due);
        long given = Stopwatch.nanos();
        CompletionStage<Void> decided = feed.engine.acceptFrame(frame);
        if (actions > RATE * WARM_SECONDS) {
          decided.thenRun(
              () -> {
                long now = Stopwatch.nanos();
                sinceDue.recordValue(now - due);
                sinceGiven.recordValue(now - given);
              });
        }
        actions += frames.count();
      }
      double paced = actions / watch.seconds();
      Stopwatch.pause(0.3);
      return new Latencies(sinceGiven, sinceDue, paced);
    }
  }
}
