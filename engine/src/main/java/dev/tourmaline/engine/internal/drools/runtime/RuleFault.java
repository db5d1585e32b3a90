package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.fact.RuleBudgetExceeded;
import dev.tourmaline.engine.rule.RuleFailure;
import java.util.Optional;

/**
 * What rules have thrown, in words. These are asked for behind the fence, since the class of an
 * exception may be the rule's own, and they are cut: a message may be as long as a visitor's text.
 *
 * @param thrown what was thrown
 * @param cause its cause, or itself
 * @param message its own message
 * @param detail what is reported of it: the cause
 * @param stack where it was thrown
 * @param overrun the budget that it has exceeded
 */
record RuleFault(
    Throwable thrown,
    Throwable cause,
    String message,
    String detail,
    StackTraceElement[] stack,
    Optional<RuleBudgetExceeded> overrun) {

  /** Drools wraps what conditions throw; a chain of causes may have no end. */
  private static final int MOST_CAUSES = 20;

  private static final int MOST_SHOWN = 1_000;

  /** Puts into words what a step behind the fence has thrown. */
  static RuleFault of(Throwable thrown, EvaluationFence fence) {
    RuleFault[] told = {
      new RuleFault(
          thrown,
          thrown,
          "",
          thrown.getClass().getName() + ", which does not say more",
          new StackTraceElement[0],
          Optional.empty())
    };
    // What this throws in its turn is no better.
    fence.run(() -> told[0] = behindFence(thrown));
    return told[0];
  }

  /** The same, called behind the fence. */
  static RuleFault behindFence(Throwable thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return new RuleFault(
        thrown,
        cause,
        cut(String.valueOf(thrown.getMessage())),
        cut(String.valueOf(cause)),
        thrown.getStackTrace(),
        overrunOf(thrown));
  }

  private static String cut(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  private static Optional<RuleBudgetExceeded> overrunOf(Throwable thrown) {
    Throwable e = thrown;
    for (int i = 0; i < MOST_CAUSES && e != null; i++) {
      if (e instanceof RuleBudgetExceeded exceeded) {
        return Optional.of(exceeded);
      }
      e = e.getCause();
    }
    return Optional.empty();
  }

  /** {@return how the rule failed, whose consequence was running or not} */
  RuleFailure.Kind kind(boolean inConsequence) {
    if (thrown instanceof EndlessFiring) {
      return RuleFailure.Kind.LOOP;
    }
    if (overrun.isPresent()) {
      return RuleFailure.Kind.OVERRUN;
    }
    return inConsequence ? RuleFailure.Kind.CONSEQUENCE : RuleFailure.Kind.CONDITION;
  }

  /** Whether it cost the lane's time, rather than one session's. */
  boolean isOfTime() {
    return overrun.filter(RuleBudgetExceeded::isOfTime).isPresent();
  }
}
