package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Stopwatch;
import dev.tourmaline.benchmarks.stream.FrameFile;
import dev.tourmaline.engine.listener.EngineStats;
import java.io.IOException;
import java.nio.file.Path;

/** Gives the frames of a file to a running engine as fast as it takes them. */
final class LiveJob {

  /** So often the clock is set to the time of the stream. */
  private static final int CLOCK_FRAMES = 32;

  private LiveJob() {}

  static Values run(Values told) throws IOException {
    try (Feed feed = new Feed(told, Feed.USUAL);
        FrameFile frames = new FrameFile(Path.of(told.text("file")))) {
      Stopwatch watch = Stopwatch.started();
      for (int i = 0; frames.next(); i++) {
        if (i % CLOCK_FRAMES == 0) {
          feed.clock.advanceTo(frames.forwardedAt());
        }
        feed.put(frames.frame());
      }
      feed.await();
      double seconds = watch.seconds();
      double cpu = watch.cpuSeconds();
      EngineStats stats = feed.engine.stats();
      return Values.none()
          .with("seconds", seconds)
          .with("cpu", cpu)
          .with("actions", stats.actions())
          .with("evaluated", stats.evaluated())
          .with("offers", stats.offersByFlow().values().stream().mapToLong(n -> n).sum())
          .with("triggers", stats.triggersByFlow().values().stream().mapToLong(n -> n).sum());
    }
  }
}
