package dev.tourmaline.engine.internal.live;

import java.util.concurrent.ThreadFactory;

/** The thread factory and monotonic clock of the engine, its only ones. */
public final class SystemThreads {

  private SystemThreads() {}

  /** {@return a factory of daemon threads, so that an embedding program can always end} */
  public static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** {@return the monotonic clock, in nanoseconds} */
  public static long nanoTime() {
    return System.nanoTime();
  }
}
