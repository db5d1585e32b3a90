package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Stopwatch;
import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.listener.EngineStats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Replays a file. The time runs from the first byte read, once the rules are compiled. */
final class ReplayJob {

  private ReplayJob() {}

  static Values run(Values told) throws IOException {
    Replay.Builder builder =
        Replay.builder(Rules.of(told))
            .lanes(told.whole("lanes"))
            .compileCache(Path.of(told.text("cache")));
    if (told.text("policy").equals("off")) {
      builder.withoutPolicy();
    }
    Stopwatch whole = Stopwatch.started();
    Stopwatch watch = Stopwatch.started();
    boolean[] reading = new boolean[1];
    builder.progress(
        bytes -> {
          if (!reading[0]) {
            reading[0] = true;
            watch.restart();
          }
        });
    EngineStats summary;
    try (InputStream in = Files.newInputStream(Path.of(told.text("file")))) {
      summary = builder.build().run(in, offer -> {});
    }
    return Values.none()
        .with("seconds", watch.seconds())
        .with("cpu", watch.cpuSeconds())
        .with("whole", whole.seconds())
        .with("actions", summary.actions())
        .with("offers", sum(summary.offersByFlow().values()))
        .with("triggers", sum(summary.triggersByFlow().values()));
  }

  private static long sum(Iterable<Long> counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
