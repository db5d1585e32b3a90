package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.TourOutcome;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.util.Locale;

/** The fact of what became of a tour. */
public final class OutcomeFact extends HistoryFact implements TourOutcome {

  private final TourFeedback feedback;
  private final String flowId;
  private final String rule;

  public OutcomeFact(
      SessionKey session,
      String userId,
      History history,
      long at,
      TourFeedback feedback,
      String flowId,
      String rule) {
    super(session, userId, history, at, history.currentPath());
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
  public int getStep() {
    return feedback.step();
  }

  /** {@return the trigger whose outcome it is} */
  public String triggerId() {
    return feedback.triggerId();
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
