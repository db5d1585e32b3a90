package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** The fact of a browser's report on a tour. */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface TourOutcome extends SessionFact {

  @Predicate(help = "Id of the tour at its provider", example = "flowId == \"tour_billing_help\"")
  String getFlowId();

  @Predicate(
      help = "Name of the rule that offered the tour; empty if none did",
      example = "rule == \"Billing revisited\"")
  String getRule();

  @Predicate(
      help =
          "The report: invited, accepted, snoozed, declined, opted_out, shown, running, step, completed, dismissed or failed",
      example = "outcome == \"step\"")
  String getOutcome();

  @Predicate(help = "True if the tour has just appeared", example = "shown")
  default boolean isShown() {
    return getOutcome().equals("shown");
  }

  @Predicate(help = "True if the visitor finished the tour", example = "completed")
  default boolean isCompleted() {
    return getOutcome().equals("completed");
  }

  @Predicate(help = "True if the visitor closed the tour", example = "dismissed")
  default boolean isDismissed() {
    return getOutcome().equals("dismissed");
  }

  @Predicate(help = "True if the provider could not show the tour", example = "failed")
  default boolean isFailed() {
    return getOutcome().equals("failed");
  }

  @Predicate(
      help = "True if the visitor has just been asked whether the tour may start",
      example = "invited")
  default boolean isInvited() {
    return getOutcome().equals("invited");
  }

  @Predicate(help = "True if the visitor wants to see the tour", example = "accepted")
  default boolean isAccepted() {
    return getOutcome().equals("accepted");
  }

  @Predicate(help = "True if the visitor wants to be asked later", example = "snoozed")
  default boolean isSnoozed() {
    return getOutcome().equals("snoozed");
  }

  @Predicate(help = "True if the visitor has closed the invitation", example = "declined")
  default boolean isDeclined() {
    return getOutcome().equals("declined");
  }

  @Predicate(help = "True if the visitor wants no more tours", example = "optedOut")
  default boolean isOptedOut() {
    return getOutcome().equals("opted_out");
  }

  @Predicate(help = "Step reached, from 1; 0 where the report has none", example = "step >= 2")
  int getStep();
}
