package dev.tourmaline.engine.trigger;

import java.time.Duration;

/** Durations in words, as messages and rules write them: the two largest units that matter. */
final class Spans {

  private Spans() {}

  static String of(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 2 * 3_600) {
      return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }
    if (seconds < 2 * 86_400) {
      return seconds / 3_600 + "h" + (seconds % 3_600 < 60 ? "" : seconds % 3_600 / 60 + "m");
    }
    return seconds / 86_400
        + "d"
        + (seconds % 86_400 < 3_600 ? "" : seconds % 86_400 / 3_600 + "h");
  }
}
