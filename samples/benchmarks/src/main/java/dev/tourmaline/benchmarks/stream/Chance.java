package dev.tourmaline.benchmarks.stream;

/** A small seeded source of chance, 8 bytes of state (SplitMix64). */
final class Chance {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Chance(long seed) {
    state = seed;
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** From 0 to 1. */
  double share() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  int below(int bound) {
    return (int) ((next() >>> 33) * bound >>> 31);
  }

  boolean oneIn(double odds) {
    return share() * odds < 1;
  }
}
