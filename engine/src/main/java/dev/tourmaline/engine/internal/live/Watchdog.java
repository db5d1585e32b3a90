package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A watchdog timer: detects lanes that are stuck in one task, and reports the rule running there.
 */
final class Watchdog {

  private final List<Lane> lanes;
  private final long timeoutNanos;
  private final long[] reported;
  private final Consumer<RuleFailure> failures;
  private final ScheduledExecutorService scheduler;

  Watchdog(
      List<Lane> lanes,
      Duration timeout,
      Consumer<RuleFailure> failures,
      ScheduledExecutorService scheduler) {
    this.lanes = lanes;
    this.timeoutNanos = timeout.toNanos();
    this.reported = new long[lanes.size()];
    this.failures = failures;
    this.scheduler = scheduler;
  }

  void start() {
    long every = Math.max(1, timeoutNanos / 4);
    scheduler.scheduleWithFixedDelay(this::check, every, every, TimeUnit.NANOSECONDS);
  }

  private void check() {
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      long task = lane.busySince();
      if (lane.busyNanos() > timeoutNanos && reported[i] != task) {
        reported[i] = task;
        report(lane);
      }
    }
  }

  private void report(Lane lane) {
    RuleEvaluator evaluator = lane.core().evaluator();
    StackTraceElement[] stack = lane.stack();
    String rule = evaluator.ruleIn(stack);
    SessionKey session =
        lane.core().evaluating().orElseGet(() -> new SessionKey("unknown", "unknown"));
    failures.accept(
        new RuleFailure(
            rule,
            session,
            RuleFailure.Kind.BLOCKED,
            "its lane has been busy for %d s, now at %s"
                .formatted(
                    TimeUnit.NANOSECONDS.toSeconds(lane.busyNanos()),
                    stack.length == 0 ? "nothing" : stack[0]),
            false));
  }
}
