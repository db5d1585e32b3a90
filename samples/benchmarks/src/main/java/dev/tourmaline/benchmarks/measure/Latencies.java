package dev.tourmaline.benchmarks.measure;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long something took, many times: counts in classes that are 1/32 of their value wide.
 * Thread-safe.
 */
public final class Latencies {

  private static final int BITS = 5;
  private static final int STEPS = 1 << BITS;

  private final AtomicLongArray counts = new AtomicLongArray(STEPS * Long.SIZE);

  /** Begins without any. */
  public Latencies() {}

  /**
   * Takes one in.
   *
   * @param nanos how long it took
   */
  public void add(long nanos) {
    counts.incrementAndGet(classOf(Math.max(0, nanos)));
  }

  private static int classOf(long value) {
    if (value < STEPS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS;
    return (shift + 1 << BITS) + (int) (value >>> shift) - STEPS;
  }

  private static long upperBound(int index) {
    if (index < STEPS) {
      return index;
    }
    int shift = (index >> BITS) - 1;
    return ((long) (index & STEPS - 1) + STEPS + 1 << shift) - 1;
  }

  /** {@return how many there are} */
  public long count() {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    return all;
  }

  /**
   * {@return how long the given share of them took at most, in nanoseconds, a thirty-second part
   * too much at most}
   *
   * @param share such as 0.99
   */
  public long quantile(double share) {
    long wanted = (long) Math.ceil(count() * share);
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= wanted && seen > 0) {
        return upperBound(i);
      }
    }
    return 0;
  }
}
