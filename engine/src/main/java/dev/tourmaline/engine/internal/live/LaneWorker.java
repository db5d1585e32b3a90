package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.EvaluationFence;
import dev.tourmaline.engine.internal.drools.runtime.LostThreadError;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The thread of a lane, with the core that it drives. */
final class LaneWorker {

  private static final long TICK_MILLIS = 100;

  private final Lane lane;
  private final SessionCore core;
  private final InstantSource clock;
  private final LostEvents lost;
  private final UncaughtFaults faults;
  private final Loop loop;
  private final AtomicReference<@Nullable LaneTask<?>> task = new AtomicReference<>();
  private volatile long rounds;
  private volatile boolean busy;

  LaneWorker(
      String name,
      Lane lane,
      SessionCore core,
      InstantSource clock,
      LostEvents lost,
      UncaughtFaults faults) {
    this.lane = lane;
    this.core = core;
    this.clock = clock;
    this.lost = lost;
    this.faults = faults;
    this.loop = new Loop(name, this::round, faults);
  }

  void start() {
    loop.start();
  }

  private boolean round() throws InterruptedException {
    Optional<LaneTask<?>> next = lane.poll(TICK_MILLIS);
    begin(next);
    long now = clock.millis();
    guarded(() -> core.advance(now));
    guarded(() -> lost.moveTo(core, now));
    next.ifPresent(one -> guarded(() -> one.run(core, now)));
    end();
    if (!lane.isDone()) {
      return true;
    }
    guarded(core::close);
    lane.workerEnded();
    return false;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  private void begin(Optional<LaneTask<?>> next) {
    task.setPlain(next.orElse(null));
    rounds++;
    busy = true;
  }

  private void end() {
    busy = false;
    task.lazySet(null);
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (LostThreadError e) {
      throw e;
    } catch (Throwable e) {
      faults.report(loop.name(), e);
    }
  }

  SessionCore core() {
    return core;
  }

  EvaluationFence fence() {
    return core.evaluator().fence();
  }

  String name() {
    return loop.name();
  }

  boolean isAlive() {
    return loop.isAlive();
  }

  StackTraceElement[] stack() {
    return loop.stack();
  }

  /** The task that runs, if one does. */
  Optional<LaneTask<?>> task() {
    return Optional.ofNullable(task.get());
  }

  /** Whether it does the engine's own work, such as a migration, which may take its time. */
  boolean isInControlTask() {
    return task().map(LaneTask::isControl).orElse(false);
  }

  /** The number of the present round, or of the last one. */
  long rounds() {
    return rounds;
  }

  /** Whether it is in a round rather than waiting for a task. */
  boolean isBusy() {
    return busy;
  }

  /** Gives it up: it does nothing more once it comes back from where it is. */
  void abandon() {
    EvaluationFence fence = fence();
    fence.close(fence.passage());
    loop.stop();
  }
}
