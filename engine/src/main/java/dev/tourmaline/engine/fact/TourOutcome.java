package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** What became of a tour, as the visitor's browser reports it. */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface TourOutcome extends SessionFact {

  /** {@return the tour's id at its provider} */
  @Predicate(help = "The tour's id at its provider", example = "flowId == \"tour_billing_help\"")
  String getFlowId();

  /** {@return the rule that offered the tour, or empty text} */
  @Predicate(
      help = "Name of the rule that offered the tour",
      example = "rule == \"Billing revisited\"")
  String getRule();

  /** {@return shown, running, step, completed, dismissed or failed} */
  @Predicate(
      help = "One of shown, running, step, completed, dismissed, failed",
      example = "outcome == \"step\"")
  String getOutcome();

  /** {@return whether the tour has just appeared} */
  @Predicate(help = "Whether the tour has just appeared", example = "shown")
  boolean isShown();

  /** {@return whether the visitor finished it} */
  @Predicate(help = "Whether the visitor finished it", example = "completed")
  boolean isCompleted();

  /** {@return whether the visitor closed it} */
  @Predicate(help = "Whether the visitor closed it", example = "dismissed")
  boolean isDismissed();

  /** {@return whether its provider could not show it} */
  @Predicate(help = "Whether its provider could not show it", example = "failed")
  boolean isFailed();

  /** {@return the step reached, as the provider counts} */
  @Predicate(help = "The step reached, as the provider counts", example = "step >= 2")
  int getStep();
}
