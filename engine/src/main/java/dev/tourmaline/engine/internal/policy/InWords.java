package dev.tourmaline.engine.internal.policy;

import java.time.Duration;

/** Durations as people say them, rounded up so that what is left is never nothing. */
final class InWords {

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private InWords() {}

  static String of(Duration span) {
    long seconds = Math.max(1, span.plusNanos(999_999_999).toSeconds());
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    if (seconds < 2 * HOUR) {
      return up(seconds, MINUTE) + " min";
    }
    return seconds < 2 * DAY ? up(seconds, HOUR) + " h" : up(seconds, DAY) + " days";
  }

  private static long up(long seconds, long unit) {
    return (seconds + unit - 1) / unit;
  }
}
