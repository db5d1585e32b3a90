package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.SessionCore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A single-threaded executor with a bounded queue that owns the sessions of one partition. Tasks
 * run in order; between them the lane fires its sessions' timers.
 *
 * <p>The thread may be replaced: the queue stays, and a new {@link LaneWorker} goes on with the
 * sessions of one that does not come back from a rule.
 */
final class Lane {

  private static final int WAIT_MILLIS = 20;

  private final String name;
  private final InstantSource clock;
  private final LostEvents lost;
  private final UncaughtFaults faults;
  private final Semaphore room;
  private final BlockingQueue<LaneTask<?>> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile LaneWorker worker;
  private volatile boolean closing;
  private volatile Condition condition = Condition.RUNNING;
  private int epoch;

  /** Whether a lane gets on. */
  enum Condition {
    RUNNING,
    /** In one evaluation of rules for too long; it waits to be replaced. */
    IN_RULES,
    /** In one task for too long, outside the rules, where it cannot be replaced. */
    BLOCKED
  }

  Lane(
      String name,
      int capacity,
      SessionCore core,
      InstantSource clock,
      LostEvents lost,
      UncaughtFaults faults) {
    this.name = name;
    this.room = new Semaphore(capacity);
    this.clock = clock;
    this.lost = lost;
    this.faults = faults;
    this.worker = newWorker(core);
  }

  private LaneWorker newWorker(SessionCore core) {
    String thread = epoch == 0 ? name : name + "-" + epoch;
    epoch++;
    return new LaneWorker(thread, this, core, clock, lost, faults);
  }

  void start() {
    worker.start();
  }

  LaneWorker worker() {
    return worker;
  }

  Condition condition() {
    return condition;
  }

  void condition(Condition now) {
    condition = now;
  }

  /**
   * Enqueues a task; waits while the queue is full.
   *
   * @return false if it is full and the lane is stuck
   * @throws IllegalStateException if the engine is closed meanwhile, or the thread interrupted
   */
  boolean put(LaneTask<?> task) {
    while (true) {
      if (reserve()) {
        enqueue(task);
        return true;
      }
      if (condition != Condition.RUNNING) {
        return false;
      }
      awaitRoom();
    }
  }

  private void awaitRoom() {
    try {
      if (room.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        room.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for room in a lane", e);
    }
  }

  /**
   * Reserves room for one task, to be enqueued or released. Never blocks.
   *
   * @return false if the queue is full, or nothing gets on here
   */
  boolean reserve() {
    if (closing) {
      throw closed();
    }
    return condition != Condition.BLOCKED && room.tryAcquire();
  }

  void release() {
    room.release();
  }

  /** Enqueues a task that needs no room, or for which it is reserved. */
  void enqueue(LaneTask<?> task) {
    queue.add(task);
    if (ended.getCount() == 0) {
      drain(dropped -> dropped.fail(closed()));
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the engine is closed");
  }

  /** The next task; empty if there is none within the time. */
  Optional<LaneTask<?>> poll(long millis) throws InterruptedException {
    LaneTask<?> task = queue.poll(millis, TimeUnit.MILLISECONDS);
    if (task != null && !task.isControl()) {
      room.release();
    }
    return Optional.ofNullable(task);
  }

  boolean isDone() {
    return closing && queue.isEmpty();
  }

  /**
   * Gives up the thread, whose fence is closed, and goes on with another one in its place.
   *
   * @return the task that it does not end
   */
  Optional<LaneTask<?>> replaceWorker() {
    Optional<LaneTask<?>> unfinished = worker.task();
    LaneWorker next = newWorker(worker.core().successor());
    unfinished.flatMap(LaneTask::event).ifPresent(lost::add);
    condition = Condition.RUNNING;
    next.start();
    worker = next;
    return unfinished;
  }

  /** Notes that an event of this lane is not evaluated. */
  void lose(StreamEvent event) {
    lost.add(event);
  }

  /** Ends the lane once its queue is drained; no more tasks are enqueued. */
  void closeWhenDone() {
    closing = true;
  }

  /** Called by the worker, which does nothing more. */
  void workerEnded() {
    ended.countDown();
    drain(dropped -> dropped.fail(closed()));
  }

  /**
   * Waits for the lane to end, and ends it.
   *
   * @return how many tasks were dropped
   */
  int awaitEnd(Deadline deadline) throws InterruptedException {
    if (ended.await(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
      return 0;
    }
    // Asked before it is interrupted, which may end it.
    Optional<LaneTask<?>> unfinished = worker.task();
    worker.abandon();
    ended.countDown();
    unfinished.ifPresent(task -> task.fail(closed()));
    return (unfinished.isPresent() ? 1 : 0) + drain(dropped -> dropped.fail(closed()));
  }

  private int drain(Consumer<LaneTask<?>> dropped) {
    Queue<LaneTask<?>> left = new LinkedBlockingQueue<>();
    queue.drainTo(left);
    left.forEach(dropped);
    return left.size();
  }
}
