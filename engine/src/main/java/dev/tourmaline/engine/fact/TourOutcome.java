package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.util.Locale;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** What became of a tour, as the browser reports it. */
@Role(Role.Type.EVENT)
@Timestamp("at")
public final class TourOutcome extends SessionFact {

  private final TourFeedback feedback;
  private final String flowId;
  private final String rule;

  /**
   * Makes the fact. Called by the engine.
   *
   * @param session whose it is
   * @param userId the session's user, or empty text
   * @param history the session's history
   * @param at the session clock when the report came, in milliseconds since the epoch
   * @param feedback the report
   * @param flowId the tour's id at its provider
   * @param rule the rule that offered it, or empty text
   */
  public TourOutcome(
      SessionKey session,
      String userId,
      History history,
      long at,
      TourFeedback feedback,
      String flowId,
      String rule) {
    super(session, userId, history, at, history.currentPathId());
    this.feedback = feedback;
    this.flowId = flowId;
    this.rule = rule;
  }

  /** {@return the tour's id at its provider} */
  public String getFlowId() {
    return flowId;
  }

  /** {@return the rule that offered the tour, or empty text} */
  public String getRule() {
    return rule;
  }

  /** {@return shown, running, step, completed, dismissed or failed} */
  public String getOutcome() {
    return feedback.outcome().name().toLowerCase(Locale.ROOT);
  }

  /** {@return whether the tour has just appeared} */
  public boolean isShown() {
    return feedback.outcome() == TourFeedback.Outcome.SHOWN;
  }

  /** {@return whether the visitor finished it} */
  public boolean isCompleted() {
    return feedback.outcome() == TourFeedback.Outcome.COMPLETED;
  }

  /** {@return whether the visitor closed it} */
  public boolean isDismissed() {
    return feedback.outcome() == TourFeedback.Outcome.DISMISSED;
  }

  /** {@return whether its provider could not show it} */
  public boolean isFailed() {
    return feedback.outcome() == TourFeedback.Outcome.FAILED;
  }

  /** {@return the step reached, as the provider counts} */
  public int getStep() {
    return feedback.step();
  }

  @Override
  public String identity() {
    return feedback.triggerId() + "|" + getOutcome();
  }

  @Override
  public String toString() {
    return "TourOutcome[%s %s]".formatted(flowId, getOutcome());
  }
}
