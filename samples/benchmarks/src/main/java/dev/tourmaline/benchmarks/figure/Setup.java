package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.Streams;
import dev.tourmaline.benchmarks.job.Values;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What a figure is measured with.
 *
 * @param streams gives the files
 * @param sessions how many sessions instead of the figure's own number
 * @param actions how many actions each instead of the figure's own number
 * @param rounds how many rounds count, after one to warm up
 * @param daemon the daemon's jar
 */
public record Setup(
    Streams streams, OptionalInt sessions, OptionalInt actions, int rounds, Path daemon) {

  StreamShape shape(int usualSessions, int usualActions) {
    return StreamShape.of(sessions.orElse(usualSessions), actions.orElse(usualActions));
  }

  Path file(StreamShape shape) throws IOException {
    return streams.file(shape);
  }

  /** What most jobs need to know. */
  static Values rules(String style, int rules, int lanes) {
    return Values.none()
        .with("style", style)
        .with("rules", rules)
        .with("lanes", lanes)
        .with("policy", "on");
  }
}
