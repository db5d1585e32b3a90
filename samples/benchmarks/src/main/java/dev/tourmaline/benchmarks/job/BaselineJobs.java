package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.baseline.PlainMatcher;
import dev.tourmaline.benchmarks.baseline.TokenRead;
import dev.tourmaline.benchmarks.measure.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;

/** What the engine is measured against. */
final class BaselineJobs {

  private BaselineJobs() {}

  static Values tokens(Values told) throws IOException {
    Stopwatch watch = Stopwatch.started();
    long characters = TokenRead.read(Path.of(told.text("file")));
    return Values.none()
        .with("seconds", watch.seconds())
        .with("cpu", watch.cpuSeconds())
        .with("characters", characters);
  }

  static Values plain(Values told) throws IOException {
    PlainMatcher matcher = new PlainMatcher(Rules.behaviours(told));
    Stopwatch watch = Stopwatch.started();
    matcher.read(Path.of(told.text("file")));
    return Values.none()
        .with("seconds", watch.seconds())
        .with("cpu", watch.cpuSeconds())
        .with("actions", matcher.actions())
        .with("offers", matcher.found());
  }
}
