package dev.tourmaline.daemon.config;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret that is looked up each time it is needed, so that it may change while the daemon runs;
 * one that has become too short is not taken, and the one before stays in use. It never shows
 * itself in {@code toString}. Thread-safe.
 */
public final class Secret implements Supplier<String> {

  private static final Logger log = LoggerFactory.getLogger(Secret.class);

  private final int minBytes;
  private final String where;
  private final Supplier<String> value;
  private String good;
  private String refused = "";

  private Secret(int minBytes, String where, Supplier<String> value) {
    this.minBytes = minBytes;
    this.where = where;
    this.value = value;
    this.good = value.get();
  }

  /** {@return a secret of any length} */
  public static Secret of(Supplier<String> value) {
    return new Secret(0, "a secret", value);
  }

  /**
   * {@return a secret with a least length}
   *
   * @param minBytes the least, in bytes of UTF-8; what it holds now is taken as it is
   * @param where the key that it stands at, for the log
   */
  static Secret ofAtLeast(int minBytes, String where, Supplier<String> value) {
    return new Secret(minBytes, where, value);
  }

  @Override
  public synchronized String get() {
    String now = value.get();
    if (length(now) >= minBytes) {
      good = now;
      refused = "";
    } else if (!now.equals(refused) && !now.equals(good)) {
      refused = now;
      log.warn(
          "{} has changed to {} bytes, it must have at least {}; the one before stays in use",
          where,
          length(now),
          minBytes);
    }
    return good;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return "***";
  }
}
