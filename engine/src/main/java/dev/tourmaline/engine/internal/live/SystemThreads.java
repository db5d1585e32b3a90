package dev.tourmaline.engine.internal.live;

import java.util.concurrent.ThreadFactory;

/** The one place where the engine makes threads and reads the running time of the machine. */
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

  static long nanoTime() {
    return System.nanoTime();
  }
}
