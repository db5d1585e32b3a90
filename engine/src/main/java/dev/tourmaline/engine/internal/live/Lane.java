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
 * run in order; between them the lane fires its sessions' timers.
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

  /** A task on the lane's thread. */
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

  /** Enqueues a task; blocks while the queue is full. */
  void put(Task task) {
    try {
      queue.put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for room in a lane", e);
    }
  }

  /** Enqueues a task; {@return false if the queue is full} */
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

  /** The lane's outermost guard: no failure of a task ends the lane. */
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (VirtualMachineError e) {
      LOG.error("a task failed with {}; its lane continues", e.toString());
    } catch (Throwable e) {
      LOG.error("a task failed; its lane continues", e);
    }
  }

  /** How long the current task has been running, in nanoseconds; 0 if the lane is idle. */
  long busyNanos() {
    long since = busySince;
    return since == IDLE ? 0 : SystemThreads.nanoTime() - since;
  }

  /** The start of the current task, which identifies it. */
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

  /** Ends the lane once its queue is drained; no more tasks will be enqueued. */
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
