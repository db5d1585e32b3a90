package dev.tourmaline.engine.fact;

import java.time.Duration;
import java.util.Optional;

/**
 * The syntax of time windows in rules: a whole number and a unit, {@code ms}, {@code s}, {@code m},
 * {@code h} or {@code d}, several in a row if need be, as in {@code 10m} or {@code 1h30m}.
 */
public final class Windows {

  private static final int MOST_DIGITS = 9;
  private static final long NO_UNIT = 0;

  /** Longer than any history, and small enough that sums do not overflow. */
  private static final long LONGEST_MILLIS = Long.MAX_VALUE / 4;

  private Windows() {}

  /**
   * {@return the duration that a window text stands for; empty if it is none}
   *
   * @param text the window, such as {@code 10m}
   */
  public static Optional<Duration> parse(String text) {
    String trimmed = text.strip();
    long millis = 0;
    int at = 0;
    do {
      int number = at;
      while (at < trimmed.length() && isDigit(trimmed.charAt(at))) {
        at++;
      }
      int unit = at;
      while (at < trimmed.length() && !isDigit(trimmed.charAt(at))) {
        at++;
      }
      long factor = unit(trimmed.substring(unit, at));
      if (unit == number || unit - number > MOST_DIGITS || factor == NO_UNIT) {
        return Optional.empty();
      }
      millis += Long.parseLong(trimmed, number, unit, 10) * factor;
      millis = Math.min(millis, LONGEST_MILLIS);
    } while (at < trimmed.length());
    return Optional.of(Duration.ofMillis(millis));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1L;
      case "s" -> 1_000L;
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      case "d" -> 86_400_000L;
      default -> NO_UNIT;
    };
  }
}
