package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.source.EventLostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The replacement of a lane's thread that does not come back from a rule: fences the thread off,
 * switches the rule off, and lets another thread go on with the lane's sessions and its queue.
 */
final class LaneReplacement {

  private static final int FRAMES_TOLD = 8;
  private static final SessionKey UNKNOWN = new SessionKey("unknown", "unknown");

  private final Counters counters;
  private final Consumer<RuleFailure> failures;
  private final Loss losses;

  /** What the loss of a thread means to the engine. */
  @FunctionalInterface
  interface Loss {

    /**
     * A thread was given up and replaced.
     *
     * @param worker the thread
     * @param why what its task was told
     */
    void of(LaneWorker worker, EventLostException why);
  }

  LaneReplacement(Counters counters, Consumer<RuleFailure> failures, Loss losses) {
    this.counters = counters;
    this.failures = failures;
    this.losses = losses;
  }

  /** Replaces the thread if it is still in that passage of its fence. */
  void replace(Lane lane, LaneWorker stuck, long passage) {
    StackTraceElement[] stack = stuck.stack();
    if (!stuck.fence().close(passage)) {
      return;
    }
    RuleEvaluator evaluator = stuck.core().evaluator();
    String rule = evaluator.ruleIn(stack);
    boolean out = evaluator.switchOff(rule);
    Optional<LaneTask<?>> unfinished = lane.replaceWorker();
    counters.count(Of.LOST_THREADS);
    String detail = "thread %s does not come back from it and is given up; it was at %s";
    failures.accept(
        new RuleFailure(
            rule,
            evaluator.evaluating().orElse(UNKNOWN),
            RuleFailure.Kind.BLOCKED,
            detail.formatted(stuck.name(), told(stack)),
            out));
    EventLostException loss = EventLostException.stuckIn(rule);
    losses.of(stuck, loss);
    unfinished.ifPresent(task -> task.fail(loss));
  }

  /** Reports a lane that is in one task for too long, where no rule runs. */
  void reportBlocked(LaneWorker worker) {
    failures.accept(
        new RuleFailure(
            "",
            worker.core().evaluator().evaluating().orElse(UNKNOWN),
            RuleFailure.Kind.BLOCKED,
            "thread %s is blocked outside the rules, at %s"
                .formatted(worker.name(), told(worker.stack())),
            false));
  }

  private static String told(StackTraceElement[] stack) {
    return stack.length == 0
        ? "nothing"
        : Arrays.stream(stack)
            .limit(FRAMES_TOLD)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
  }
}
