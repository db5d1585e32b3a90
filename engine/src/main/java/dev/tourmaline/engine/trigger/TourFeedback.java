package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;

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
 * @param until of a snoozed invitation, when the visitor wants to be asked again; {@link
 *     Instant#EPOCH} where nothing is said, which leaves it to the policy
 */
public record TourFeedback(
    String triggerId,
    SessionKey session,
    Outcome outcome,
    int step,
    boolean confirmed,
    String foreignFlowId,
    String reason,
    Instant until) {

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
   * @param until when the visitor wants to be asked again
   */
  public TourFeedback {
    reason = Offer.cut(reason);
  }

  /**
   * Makes a report that snoozes nothing.
   *
   * @param triggerId the trigger's id, or the page's name of a foreign tour
   * @param session the session that reports
   * @param outcome what happened
   * @param step the tour's step
   * @param confirmed whether the tour was seen on the screen
   * @param foreignFlowId the flow of a foreign tour, or empty text
   * @param reason why it failed, of any length
   */
  public TourFeedback(
      String triggerId,
      SessionKey session,
      Outcome outcome,
      int step,
      boolean confirmed,
      String foreignFlowId,
      String reason) {
    this(triggerId, session, outcome, step, confirmed, foreignFlowId, reason, Instant.EPOCH);
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
    /** The visitor is asked whether it may start. */
    INVITED,
    /** The visitor wants to see it. */
    ACCEPTED,
    /** The visitor wants to be asked later. */
    SNOOZED,
    /** The visitor has closed the invitation. */
    DECLINED,
    /** The visitor wants no more tours. */
    OPTED_OUT,
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

    /** {@return whether the tour, or its invitation, is over with this outcome} */
    public boolean isFinal() {
      return switch (this) {
        case COMPLETED, DISMISSED, FAILED, SNOOZED, DECLINED, OPTED_OUT -> true;
        case INVITED, ACCEPTED, SHOWN, RUNNING, STEP -> false;
      };
    }

    /** {@return whether it is about the invitation, and says nothing of the tour itself} */
    public boolean isOfInvitation() {
      return switch (this) {
        case INVITED, ACCEPTED, SNOOZED, DECLINED, OPTED_OUT -> true;
        case COMPLETED, DISMISSED, FAILED, SHOWN, RUNNING, STEP -> false;
      };
    }
  }
}
