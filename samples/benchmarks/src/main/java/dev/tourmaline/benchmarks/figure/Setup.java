package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.Streams;
import dev.tourmaline.benchmarks.job.Values;
import dev.tourmaline.benchmarks.job.Worker;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a figure is measured with.
 *
 * @param streams gives the files
 * @param sessions how many sessions instead of the figure's own number
 * @param actions how many actions each instead of the figure's own number
 * @param rounds how many rounds count, after one to warm up
 * @param daemon the daemon's jar
 * @param jvm further options of the JVMs that are measured
 */
public record Setup(
    Streams streams,
    OptionalInt sessions,
    OptionalInt actions,
    int rounds,
    Path daemon,
    List<String> jvm) {

  StreamShape shape(int usualSessions, int usualActions) {
    return StreamShape.of(sessions.orElse(usualSessions), actions.orElse(usualActions));
  }

  /** Starts a JVM of its own with so much heap, such as {@code 1g}. */
  Worker worker(String heap) throws IOException {
    List<String> options = new ArrayList<>(jvm);
    options.add("-Xmx" + heap);
    return Worker.start(options);
  }

  Path file(StreamShape shape) throws IOException {
    return streams.file(shape);
  }

  /** What most jobs need to know. */
  Values rules(String style, int rules, int lanes) {
    return Values.none()
        .with("style", style)
        .with("rules", rules)
        .with("lanes", lanes)
        .with("policy", "on")
        .with("offers", "some")
        .with("cache", streams.cache());
  }
}
