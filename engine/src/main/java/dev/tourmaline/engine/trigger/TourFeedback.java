package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;

/**
 * A browser's report on a tour.
 *
 * @param triggerId the trigger's id; of a foreign tour, whatever the page calls this start of it
 * @param session the session that reports
 * @param outcome what happened
 * @param step the tour's step, from 1; 0 where it does not matter
 * @param confirmed whether the page, or the provider, has seen the tour on the screen. An
 *     unconfirmed one counts for every limit, but holds its flow back for seven days only; the
 *     second one of a flow counts as once
 * @param foreignFlowId the flow of a tour that the provider has started by itself, which the policy
 *     counts like ours; empty text for a trigger's own
 * @param reason why it failed, in words; cut to {@value Offer#LONGEST_REASON} characters; may be
 *     empty
 */
public record TourFeedback(
    String triggerId,
    SessionKey session,
    Outcome outcome,
    int step,
    boolean confirmed,
    String foreignFlowId,
    String reason) {

  /**
   * Cuts the reason, which comes from a page.
   *
   * @param triggerId the trigger's id, or the page's name of a foreign tour
   * @param session the session that reports
   * @param outcome what happened
   * @param step the tour's step
   * @param confirmed whether the tour was seen on the screen
   * @param foreignFlowId the flow of a foreign tour, or empty text
   * @param reason why it failed, of any length
   */
  public TourFeedback {
    reason = Offer.cut(reason);
  }

  /**
   * Makes a confirmed report on a trigger's own tour.
   *
   * @param triggerId the trigger's id
   * @param session the session that reports
   * @param outcome what happened
   * @param step the tour's step; 0 where it does not matter
   */
  public TourFeedback(String triggerId, SessionKey session, Outcome outcome, int step) {
    this(triggerId, session, outcome, step, true, "", "");
  }

  /** {@return whether the tour is one that the provider has started by itself} */
  public boolean isForeign() {
    return !foreignFlowId.isEmpty();
  }

  /** What can happen to a tour. */
  public enum Outcome {
    /** The tour is on the screen. */
    SHOWN,
    /** It still is; reported every 30 s. */
    RUNNING,
    /** The visitor reached a step. */
    STEP,
    /** The visitor finished it. */
    COMPLETED,
    /** The visitor closed it. */
    DISMISSED,
    /** The provider could not show it. */
    FAILED;

    /** {@return whether the tour is over with this outcome} */
    public boolean isFinal() {
      return this == COMPLETED || this == DISMISSED || this == FAILED;
    }
  }
}
