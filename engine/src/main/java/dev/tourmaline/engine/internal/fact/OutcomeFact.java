package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.TourOutcome;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.util.Locale;

/** The fact of what became of a tour. */
public final class OutcomeFact extends HistoryFact implements TourOutcome {

  private final TourFeedback feedback;
  private final String flowId;
  private final String rule;

  /**
   * Makes the fact.
   *
   * @param userId the session's user, or empty text
   * @param at the session clock when the report came, in milliseconds since the epoch
   * @param rule the rule that offered it, or empty text
   */
  public OutcomeFact(
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

  @Override
  public Class<TourOutcome> type() {
    return TourOutcome.class;
  }

  @Override
  public String getFlowId() {
    return flowId;
  }

  @Override
  public String getRule() {
    return rule;
  }

  @Override
  public String getOutcome() {
    return feedback.outcome().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isShown() {
    return feedback.outcome() == Outcome.SHOWN;
  }

  @Override
  public boolean isCompleted() {
    return feedback.outcome() == Outcome.COMPLETED;
  }

  @Override
  public boolean isDismissed() {
    return feedback.outcome() == Outcome.DISMISSED;
  }

  @Override
  public boolean isFailed() {
    return feedback.outcome() == Outcome.FAILED;
  }

  @Override
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
