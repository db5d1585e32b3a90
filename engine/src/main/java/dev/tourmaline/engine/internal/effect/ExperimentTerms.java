package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.trigger.Goal;
import java.time.Duration;

/**
 * What is compared of a rule.
 *
 * @param goal what counts as success, in the rule's words; another one begins the experiment anew
 * @param window within which of his first decision a user must reach it, both ends included, 1 ms
 *     to 45 days; another one begins the experiment anew
 * @param holdout the share of users held out, 0 to 1; with 0 and 1 nobody is enrolled, since there
 *     is nobody to compare with
 */
public record ExperimentTerms(String goal, Duration window, double holdout) {

  /** The longest window. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(45);

  /**
   * Checks the terms.
   *
   * @param goal what counts as success
   * @param window within which it must be reached
   * @param holdout the share of users held out
   * @throws IllegalArgumentException if the window or the share is out of its range
   */
  public ExperimentTerms {
    if (window.compareTo(Duration.ofMillis(1)) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "goal \"%s\": window is %s, must be 1 ms to 45 days".formatted(goal, window));
    }
    if (!(holdout >= 0 && holdout <= 1)) {
      throw new IllegalArgumentException(
          "goal \"%s\": holdout is %s, must be 0 to 1".formatted(goal, holdout));
    }
  }

  /**
   * {@return the terms of a rule: whoever either holdout holds back is held out, and the two draw
   * independently}
   *
   * @param all the share that is held out from all rules
   * @param rule the rule's own share
   */
  public static ExperimentTerms of(Goal goal, double all, double rule) {
    return new ExperimentTerms(goal.toString(), goal.within(), all + rule - all * rule);
  }

  boolean compares() {
    return holdout > 0 && holdout < 1;
  }

  long windowMillis() {
    return window.toMillis();
  }
}
