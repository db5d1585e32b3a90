package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;
import java.util.List;

/**
 * A proposal to start a tour for a session now, made by a rule or asked for by another system. The
 * policy decides. Immutable.
 *
 * @param id the trigger's id should it be admitted: a stable function of product, session, rule,
 *     flow and the matching action or timer, so that the same match evaluated again has the same id
 * @param session whose tour it would be
 * @param userId the session's user, or empty text while unknown
 * @param rule the rule's name, or empty text where no rule made it
 * @param flowId the tour's id at its provider
 * @param priority the rule's {@code @priority}; default {@value #DEFAULT_PRIORITY}, higher wins
 * @param salience the rule's Drools salience, which decides among equal priorities
 * @param reason the rule's own words, cut to {@value #LONGEST_REASON} characters
 * @param at event time of the match: the matching action's, or the timer's due time
 * @param moment when and where the match was completed
 * @param terms on what terms the rule's tours are shown
 */
public record Offer(
    String id,
    SessionKey session,
    String userId,
    String rule,
    String flowId,
    int priority,
    int salience,
    String reason,
    Instant at,
    Moment moment,
    RuleTerms terms) {

  /** The priority of a rule that names none. */
  public static final int DEFAULT_PRIORITY = 50;

  /** The most characters of a reason; a longer one is cut and ends in three dots. */
  public static final int LONGEST_REASON = 1_000;

  private static final String CUT = "...";

  /**
   * Cuts the reason, which may hold whatever a visitor typed.
   *
   * @param id the trigger's id
   * @param session whose tour it would be
   * @param userId the session's user, or empty text
   * @param rule the rule's name, or empty text
   * @param flowId the tour's id at its provider
   * @param priority the rule's priority
   * @param salience the rule's salience
   * @param reason the rule's own words, of any length
   * @param at event time of the match
   * @param moment when and where the match was completed
   * @param terms on what terms the rule's tours are shown
   */
  public Offer {
    reason = cut(reason);
  }

  /**
   * Makes an offer on no particular terms, for any page.
   *
   * @param id the trigger's id
   * @param session whose tour it would be
   * @param userId the session's user, or empty text
   * @param rule the rule's name, or empty text
   * @param flowId the tour's id at its provider
   * @param priority the rule's priority
   * @param salience the rule's salience
   * @param reason the rule's own words, of any length
   * @param at event time of the match, which is also when it came in
   */
  public Offer(
      String id,
      SessionKey session,
      String userId,
      String rule,
      String flowId,
      int priority,
      int salience,
      String reason,
      Instant at) {
    this(
        id,
        session,
        userId,
        rule,
        flowId,
        priority,
        salience,
        reason,
        at,
        Moment.ofRequest(at),
        RuleTerms.none());
  }

  /** {@return the pages on which the tour may start; empty for any} */
  public List<String> places() {
    List<String> named = terms.showOn();
    if (named.contains(RuleTerms.ANYWHERE)) {
      return List.of();
    }
    return !named.isEmpty() || moment.page().isEmpty() ? named : List.of(moment.page());
  }

  static String cut(String reason) {
    if (reason.length() <= LONGEST_REASON) {
      return reason;
    }
    int end = LONGEST_REASON - CUT.length();
    return reason.substring(0, Character.isHighSurrogate(reason.charAt(end - 1)) ? end - 1 : end)
        + CUT;
  }

  /**
   * {@return an offer that no rule has made}
   *
   * @param id the trigger's id should it be admitted
   * @param session whose tour it would be
   * @param userId the session's user, or empty text while unknown
   * @param flowId the tour's id at its provider
   * @param reason why, in words
   * @param at when it was asked for
   */
  public static Offer withoutRule(
      String id, SessionKey session, String userId, String flowId, String reason, Instant at) {
    return new Offer(id, session, userId, "", flowId, DEFAULT_PRIORITY, 0, reason, at);
  }
}
