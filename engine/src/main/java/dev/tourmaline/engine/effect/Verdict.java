package dev.tourmaline.engine.effect;

import java.util.Locale;

/** What may be said of a rule's effect today. */
public enum Verdict {
  /** A difference of ten points would not be seen yet. */
  TOO_FEW_USERS,
  /** A difference of ten points would have been seen; what there is may be smaller, or nothing. */
  NO_DIFFERENCE_YET,
  /** The whole interval is above zero: more users reach the goal with the rule. */
  BETTER,
  /** The whole interval is below zero: fewer users reach the goal with the rule. */
  WORSE,
  /** The arms are not of the sizes that chance would make: no rate of them means anything. */
  NOT_TRUSTWORTHY;

  /** {@return the verdict as one stable word, such as {@code too_few_users}} */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
