package dev.tourmaline.engine.internal.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A point of the monotonic clock by which something has to be done.
 *
 * @param nanos as {@link SystemThreads#nanoTime} counts
 */
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(SystemThreads.nanoTime() + time.toNanos());
  }

  Deadline plus(Duration time) {
    return new Deadline(nanos + time.toNanos());
  }

  /** What is left, at least a millisecond. */
  long millisLeft() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos - SystemThreads.nanoTime()));
  }
}
