package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.core.SessionCore;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single-threaded executor with a bounded queue that owns the sessions of one partition. Tasks
 * run in order; between them the lane advances its sessions' time.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long TICK_MILLIS = 100;
  private static final long IDLE = 0;

  private final SessionCore core;
  private final InstantSource clock;
  private final BlockingQueue<Task> queue;
  private final Thread thread;
  private volatile boolean closing;
  private volatile long busySince = IDLE;

  /** Something to be done on the lane's thread. */
  @FunctionalInterface
  interface Task {
    void run(SessionCore core, long now);
  }

  Lane(int number, int capacity, SessionCore core, InstantSource clock) {
    this.core = core;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.thread = SystemThreads.named("tourmaline-lane-" + number).newThread(this::run);
  }

  void start() {
    thread.start();
  }

  SessionCore core() {
    return core;
  }

  /** Puts a task; waits for room. */
  void put(Task task) {
    try {
      queue.put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for room in a lane", e);
    }
  }

  /** Puts a task; {@return false if there is no room} */
  boolean offer(Task task) {
    return queue.offer(task);
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        Task task = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        busySince = SystemThreads.nanoTime();
        long now = clock.millis();
        guarded(() -> core.advance(now));
        if (task != null) {
          guarded(() -> task.run(core, now));
        }
        busySince = IDLE;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    guarded(core::close);
  }

  /** The lane's outermost guard: whatever goes wrong in one task, the next one is done. */
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (VirtualMachineError e) {
      LOG.error("a lane met {} and goes on", e.toString());
    } catch (Throwable e) {
      LOG.error("a task failed and its lane goes on", e);
    }
  }

  /** For how long the lane has been at what it does now, in nanoseconds; 0 if it waits. */
  long busyNanos() {
    long since = busySince;
    return since == IDLE ? 0 : SystemThreads.nanoTime() - since;
  }

  /** What marks the task at hand, to tell it from the next. */
  long busySince() {
    return busySince;
  }

  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  int depth() {
    return queue.size();
  }

  boolean hasRoom() {
    return queue.remainingCapacity() > 0;
  }

  /** No more tasks will be put: the lane ends once all are done. */
  void closeWhenDone() {
    closing = true;
  }

  /** Waits for the lane to end; {@return whether it has} */
  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    thread.join(deadline.millisLeft());
    return !thread.isAlive();
  }

  void interrupt() {
    thread.interrupt();
  }
}
