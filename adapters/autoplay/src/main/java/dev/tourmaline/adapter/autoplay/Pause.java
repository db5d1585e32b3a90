package dev.tourmaline.adapter.autoplay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two attempts. */
@FunctionalInterface
interface Pause {

  /** Really waits. */
  Pause REAL = (closed, length) -> closed.await(length.toNanos(), TimeUnit.NANOSECONDS);

  /**
   * Waits that long, or until the source is closed, whichever comes first.
   *
   * @param closed reaches zero when the source is closed
   */
  void pause(CountDownLatch closed, Duration length) throws InterruptedException;
}
