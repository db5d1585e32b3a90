package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.Windows;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A bounded cache of parsed window literals. Thread-safe. */
final class WindowCache {

  /** A rule base holds a few hundred literals; the bound only guards against computed windows. */
  private static final int CAPACITY = 10_000;

  private static final ConcurrentHashMap<String, Long> MILLIS = new ConcurrentHashMap<>();

  private WindowCache() {}

  /** The window in milliseconds; 0 if malformed, since no accessor of a fact throws. */
  static long millis(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    Long known = MILLIS.get(text);
    if (known != null) {
      return known;
    }
    long millis = Windows.parse(text).map(Duration::toMillis).orElse(0L);
    if (MILLIS.size() < CAPACITY) {
      MILLIS.put(text, millis);
    }
    return millis;
  }
}
