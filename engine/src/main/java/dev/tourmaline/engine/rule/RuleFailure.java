package dev.tourmaline.engine.rule;

import dev.tourmaline.engine.session.SessionKey;

/**
 * A rule that failed while it was evaluated.
 *
 * @param rule the rule's name, or empty text if unknown
 * @param session the session in which it failed
 * @param kind how
 * @param detail the exception's message, or what was seen
 * @param quarantined whether the rule has been switched off for it
 */
public record RuleFailure(
    String rule, SessionKey session, Kind kind, String detail, boolean quarantined) {

  /** How a rule can fail. */
  public enum Kind {
    /** A constraint threw. */
    CONDITION,
    /** The consequence threw. */
    CONSEQUENCE,
    /** It fired without end. */
    LOOP,
    /** It exceeded its time and was stopped. */
    OVERRUN,
    /**
     * It did not return within its time, and the lane goes on in another thread; or, without a
     * rule's name, the lane is blocked outside the rules.
     */
    BLOCKED
  }
}
