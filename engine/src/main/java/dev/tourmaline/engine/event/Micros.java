package dev.tourmaline.engine.event;

import java.time.Instant;

/** Instants as microseconds since the epoch: exact for every time the wire format can carry. */
final class Micros {

  private Micros() {}

  static Instant toInstant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }
}
