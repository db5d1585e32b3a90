package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Latencies;
import dev.tourmaline.benchmarks.measure.Stopwatch;
import dev.tourmaline.benchmarks.stream.FrameFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Gives frames to a running engine at a steady pace and measures how long each takes until its
 * decisions have been made: from the moment it was to be given, and from the moment it was.
 */
final class LatencyJob {

  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;

  private LatencyJob() {}

  static Values run(Values told) throws IOException {
    double rate = told.number("rate");
    double warm = told.number("warm");
    double seconds = told.number("seconds");
    Latencies sinceDue = new Latencies();
    Latencies sinceGiven = new Latencies();
    try (Feed feed = new Feed(told, Feed.USUAL);
        FrameFile frames = new FrameFile(Path.of(told.text("file")))) {
      long opening = told.whole("opening");
      for (long i = 0; i < opening && frames.next(); i++) {
        feed.clock.advanceTo(frames.forwardedAt());
        feed.put(frames.frame());
      }
      feed.await();
      long begin = Stopwatch.nanos();
      double actions = 0;
      while (actions < rate * (warm + seconds) && frames.next()) {
        byte[] frame = frames.frame();
        feed.clock.advanceTo(frames.forwardedAt());
        long due = begin + (long) (actions / rate * SECOND);
        Stopwatch.waitUntil(due);
        boolean counts = actions > rate * warm;
        long given = Stopwatch.nanos();
        feed.engine
            .acceptFrame(frame)
            .whenComplete(
                (done, failure) -> {
                  if (counts) {
                    long now = Stopwatch.nanos();
                    sinceDue.add(now - due);
                    sinceGiven.add(now - given);
                  }
                });
        actions += actionsIn(frame);
      }
      double paced = actions / ((Stopwatch.nanos() - begin) / SECOND);
      feed.settle();
      return quantiles(quantiles(Values.none(), "due", sinceDue), "given", sinceGiven)
          .with("rate", paced)
          .with("frames", sinceDue.count())
          .with("sessions", feed.engine.stats().sessions());
    }
  }

  private static Values quantiles(Values values, String since, Latencies latencies) {
    return values
        .with(since + "50", latencies.quantile(0.5) / MILLI)
        .with(since + "99", latencies.quantile(0.99) / MILLI)
        .with(since + "999", latencies.quantile(0.999) / MILLI);
  }

  /** The frame says it itself: its count is a digit after its name. */
  private static int actionsIn(byte[] frame) {
    for (int i = 0; i < frame.length; i++) {
      if (frame[i] == 'c' && frame[i + 1] == 'o' && frame[i + 2] == 'u' && frame[i + 5] == '"') {
        return frame[i + 8] - '0';
      }
    }
    return 1;
  }
}
