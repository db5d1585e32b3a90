package dev.tourmaline.engine.internal.effect;

import java.time.Instant;

/** Times as milliseconds, within two centuries of 1970, whatever a clock says. */
final class Millis {

  private static final long FARTHEST = 1L << 42;

  private Millis() {}

  static long of(Instant at) {
    long seconds = Math.min(Math.max(at.getEpochSecond(), -FARTHEST / 1_000), FARTHEST / 1_000);
    return seconds * 1_000 + at.getNano() / 1_000_000;
  }
}
