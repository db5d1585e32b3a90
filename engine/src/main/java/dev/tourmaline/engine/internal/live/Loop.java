package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.drools.runtime.LostThreadError;

/**
 * A thread that runs a step again and again. Nothing that a step throws ends it, an interrupt
 * neither, which may come from a rule or a sink: it ends when its step says so, when it is stopped,
 * or when another thread has taken its place.
 */
final class Loop {

  private final Thread thread;
  private final Step step;
  private final UncaughtFaults faults;
  private volatile boolean stopped;

  /** One round of a loop. */
  @FunctionalInterface
  interface Step {

    /** Does one round; {@return whether there is another} */
    boolean run() throws InterruptedException;
  }

  Loop(String name, Step step, UncaughtFaults faults) {
    this.thread = SystemThreads.named(name).newThread(this::run);
    this.step = step;
    this.faults = faults;
  }

  private void run() {
    boolean more = true;
    while (more && !stopped) {
      try {
        more = step.run();
      } catch (LostThreadError e) {
        return;
      } catch (Throwable e) {
        if (!(e instanceof InterruptedException)) {
          faults.report(thread.getName(), e);
        }
      }
    }
  }

  void start() {
    thread.start();
  }

  String name() {
    return thread.getName();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  /** Waits for it to end; {@return whether it has} */
  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    thread.join(deadline.millisLeft());
    return !thread.isAlive();
  }

  /** Ends it after the present round, which is interrupted. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }
}
