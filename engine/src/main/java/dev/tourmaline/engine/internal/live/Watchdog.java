package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.drools.runtime.EvaluationFence;
import dev.tourmaline.engine.internal.live.Lane.Condition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A watchdog timer over the lanes. It samples each four times per budget, and counts samples rather
 * than time, so that a pause of the whole process is no rule's fault. Rules that are still in the
 * same evaluation after a budget are told to stop, where they can be told; after half another the
 * lane's thread is given up and replaced. A lane that is as long in a task outside the rules is
 * blocked, which is reported once.
 */
final class Watchdog {

  private static final int SAMPLES = 4;
  private static final int SAMPLES_UNTIL_REPLACED = 6;

  private final List<Sampled> lanes = new CopyOnWriteArrayList<>();
  private final Runnable upkeep;
  private final long periodMillis;
  private final Loop loop;

  /** A lane and what was last seen of it. */
  private static final class Sampled {
    final Lane lane;
    final LaneReplacement replacement;
    LaneWorker worker;
    long passage;
    long round;
    int seen;

    Sampled(Lane lane, LaneReplacement replacement) {
      this.lane = lane;
      this.replacement = replacement;
      this.worker = lane.worker();
    }
  }

  /**
   * Watches no lanes yet.
   *
   * @param upkeep is run at every sample
   */
  Watchdog(Duration budget, Runnable upkeep, UncaughtFaults faults) {
    this.upkeep = upkeep;
    this.periodMillis = Math.max(1, budget.toMillis() / SAMPLES);
    this.loop = new Loop("tourmaline-watchdog", this::sample, faults);
  }

  /** Watches lanes of one product more. */
  void watch(List<Lane> those, LaneReplacement replacement) {
    those.forEach(lane -> lanes.add(new Sampled(lane, replacement)));
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop();
  }

  boolean isAlive() {
    return loop.isAlive();
  }

  private boolean sample() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(periodMillis);
    for (Sampled each : lanes) {
      look(each);
    }
    upkeep.run();
    return true;
  }

  private void look(Sampled last) {
    LaneWorker worker = last.lane.worker();
    long passage = worker.fence().passage();
    long round = worker.rounds();
    boolean same =
        worker == last.worker && passage == last.passage && round == last.round && worker.isBusy();
    last.seen = same ? last.seen + 1 : 0;
    last.worker = worker;
    last.passage = passage;
    last.round = round;
    if (last.seen < SAMPLES) {
      last.lane.condition(Condition.RUNNING);
    } else if (EvaluationFence.isInRules(passage)) {
      stop(last, worker, passage);
    } else if (last.seen == SAMPLES && !worker.isInControlTask()) {
      last.lane.condition(Condition.BLOCKED);
      last.replacement.reportBlocked(worker);
    }
  }

  private void stop(Sampled last, LaneWorker worker, long passage) {
    last.lane.condition(Condition.IN_RULES);
    worker.fence().expire(passage);
    if (last.seen >= SAMPLES_UNTIL_REPLACED) {
      last.replacement.replace(last.lane, worker, passage);
    }
  }
}
