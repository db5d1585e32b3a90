package dev.tourmaline.engine.internal.live;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The executor of what is due later; what a task throws is reported, not swallowed. */
final class Scheduler extends ScheduledThreadPoolExecutor {

  private static final String NAME = "tourmaline-scheduler";

  private final UncaughtFaults faults;

  Scheduler(UncaughtFaults faults) {
    super(1, SystemThreads.named(NAME));
    this.faults = faults;
    setRemoveOnCancelPolicy(true);
  }

  @Override
  protected void afterExecute(Runnable task, Throwable thrown) {
    if (thrown != null) {
      faults.report(NAME, thrown);
    } else if (task instanceof Future<?> future && future.isDone()) {
      report(future);
    }
  }

  private void report(Future<?> done) {
    try {
      done.get();
    } catch (ExecutionException e) {
      faults.report(NAME, e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      // Nothing was thrown: it was given up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
