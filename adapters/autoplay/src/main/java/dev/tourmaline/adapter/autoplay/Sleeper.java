package dev.tourmaline.adapter.autoplay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How the source waits between two connection attempts; tests do not wait. */
@FunctionalInterface
interface Sleeper {

  /** Really waits. */
  Sleeper REAL = (closed, length) -> closed.await(length.toNanos(), TimeUnit.NANOSECONDS);

  /**
   * Waits that long, or until the source is closed, whichever comes first.
   *
   * @param closed reaches zero when the source is closed
   */
  void sleep(CountDownLatch closed, Duration length) throws InterruptedException;
}
