package dev.tourmaline.engine.fact;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language of time windows in rules: a whole number and a unit, {@code ms}, {@code s}, {@code
 * m}, {@code h} or {@code d}, several in a row if need be, as in {@code 10m} or {@code 1h30m}.
 */
public final class Windows {

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d))+");

  /** A rule base holds a few hundred literals; the bound only guards against computed windows. */
  private static final int REMEMBERED = 10_000;

  private static final ConcurrentHashMap<String, Long> MILLIS = new ConcurrentHashMap<>();

  private Windows() {}

  /**
   * {@return the duration that a window text stands for; empty if it is none}
   *
   * @param text the window, such as {@code 10m}
   */
  public static Optional<Duration> parse(String text) {
    String trimmed = text.strip();
    if (!WHOLE.matcher(trimmed).matches()) {
      return Optional.empty();
    }
    long millis = 0;
    Matcher parts = PART.matcher(trimmed);
    while (parts.find()) {
      millis += Long.parseLong(parts.group(1)) * unit(parts.group(2));
    }
    return Optional.of(Duration.ofMillis(millis));
  }

  /** The window in milliseconds; 0 for what is no window, since no accessor of a fact throws. */
  static long millis(String text) {
    Long known = text == null ? Long.valueOf(0) : MILLIS.get(text);
    if (known != null) {
      return known;
    }
    long millis = parse(text).map(Duration::toMillis).orElse(0L);
    if (MILLIS.size() < REMEMBERED) {
      MILLIS.put(text, millis);
    }
    return millis;
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1L;
      case "s" -> 1_000L;
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      default -> 86_400_000L;
    };
  }
}
