package dev.tourmaline.storefront;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks after a delay; tests put their own clock in its place. */
interface Scheduler extends AutoCloseable {

  /** Runs the task once, after the delay. */
  void after(Duration delay, Runnable task);

  @Override
  void close();

  /** On one thread of its own. */
  static Scheduler onOneThread(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    return new Scheduler() {
      @Override
      public void after(Duration delay, Runnable task) {
        try {
          executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
          // Closed: what was to come later comes no more.
        }
      }

      @Override
      public void close() {
        executor.shutdownNow();
      }
    };
  }
}
