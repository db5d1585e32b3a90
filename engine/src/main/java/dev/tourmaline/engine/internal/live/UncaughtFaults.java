package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.log.ThrottledLog;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;

/**
 * The uncaught exception handler of the engine's threads, which go on after it: logs what no stage
 * has handled, and tells the listeners if the process has run out of memory. Never throws.
 */
final class UncaughtFaults {

  private final Listeners listeners;
  private final ThrottledLog log;

  UncaughtFaults(Listeners listeners, InstantSource clock) {
    this.listeners = listeners;
    this.log = new ThrottledLog(LoggerFactory.getLogger(UncaughtFaults.class), clock);
  }

  /** Reports what a thread has caught in its outermost loop. */
  void report(String thread, Throwable e) {
    try {
      if (e instanceof OutOfMemoryError) {
        // First of all: to log it takes memory too.
        listeners.tell(listener -> listener.fatal("out of memory in " + thread, e));
      }
      log.error(thread, "{} has caught what no stage handles, and continues", thread, e);
    } catch (Throwable again) {
      // Not even logging works: all that is left is to go on.
    }
  }
}
