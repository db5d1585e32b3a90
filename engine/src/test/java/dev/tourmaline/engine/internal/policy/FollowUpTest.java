package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is offered on the outcome of a tour. */
class FollowUpTest {

  private static final SessionKey SESSION = new SessionKey("p", "s");
  private static final RuleTerms FOLLOWS =
      RuleTerms.builder().followUp(true).freshFor(Duration.ofHours(1)).build();

  private final PolicyMemory policy =
      new PolicyMemory(TriggerPolicy.builder().perUserPerDay(3).perUserPerWeek(9).build());
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private int offers;

  private Decision judge(String flow, RuleTerms terms, Cause cause, String outcomeOf) {
    Moment moment = new Moment(cause, "", Duration.ZERO, now, outcomeOf);
    Offer offer =
        new Offer("id" + offers++, SESSION, "u", "r", flow, 50, 0, "", now, moment, terms);
    return policy.judge(List.of(offer), now).get(0);
  }

  private TourTrigger ended(String flow, Outcome outcome) {
    return ended(judge(flow, RuleTerms.none(), Cause.ACTION, ""), outcome);
  }

  private TourTrigger ended(Decision decision, Outcome outcome) {
    TourTrigger tour = ((Decision.Admitted) decision).trigger();
    report(tour, Outcome.SHOWN);
    now = now.plusSeconds(20);
    report(tour, outcome);
    return tour;
  }

  private void report(TourTrigger tour, Outcome outcome) {
    policy.feedback(new TourFeedback(tour.id(), SESSION, outcome, 0), tour, now);
  }

  private static void isHeldBack(Decision decision, Reason reason) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Suppressed.class, held -> assertThat(held.reason()).isEqualTo(reason));
  }

  private static void isAdmitted(Decision decision, boolean invite) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Admitted.class,
            admitted -> assertThat(admitted.trigger().invite()).isEqualTo(invite));
  }

  @Test
  void aTourFollowsACompletedOneFreely() {
    TourTrigger first = ended("f", Outcome.COMPLETED);
    isAdmitted(judge("g", FOLLOWS, Cause.OUTCOME, first.id()), false);
  }

  @Test
  void aTourFollowsADismissedOneAsAnInvitation() {
    TourTrigger first = ended("f", Outcome.DISMISSED);
    isAdmitted(judge("g", FOLLOWS, Cause.OUTCOME, first.id()), true);
  }

  @Test
  void whatIsNotMarkedOrFollowsNoOutcomeWaits() {
    TourTrigger first = ended("f", Outcome.COMPLETED);
    isHeldBack(judge("g", RuleTerms.none(), Cause.OUTCOME, first.id()), Reason.BETWEEN_TOURS);
    isHeldBack(judge("g", FOLLOWS, Cause.ACTION, first.id()), Reason.BETWEEN_TOURS);
    isHeldBack(judge("g", FOLLOWS, Cause.OUTCOME, "unknown"), Reason.BETWEEN_TOURS);
    isHeldBack(judge("f", FOLLOWS, Cause.OUTCOME, first.id()), Reason.ONCE);
  }

  @Test
  void aFollowUpHasNoFollowUp() {
    TourTrigger first = ended("f", Outcome.COMPLETED);
    TourTrigger second = ended(judge("g", FOLLOWS, Cause.OUTCOME, first.id()), Outcome.COMPLETED);
    isHeldBack(judge("h", FOLLOWS, Cause.OUTCOME, second.id()), Reason.BETWEEN_TOURS);
  }

  @Test
  void itComesWithinFiveMinutesOfTheOutcomeWhateverIsReportedAfterwards() {
    TourTrigger first = ended("f", Outcome.COMPLETED);
    now = now.plus(Duration.ofMinutes(5));
    report(first, Outcome.RUNNING);
    isAdmitted(judge("g", FOLLOWS, Cause.OUTCOME, first.id()), false);
    now = now.plusMillis(1);
    report(first, Outcome.COMPLETED);
    isHeldBack(judge("h", FOLLOWS, Cause.OUTCOME, first.id()), Reason.BETWEEN_TOURS);
  }

  @Test
  void itCountsForTheCaps() {
    TourTrigger first = ended("f", Outcome.COMPLETED);
    for (String flow : List.of("g", "h")) {
      isAdmitted(judge(flow, FOLLOWS, Cause.OUTCOME, first.id()), false);
    }
    isHeldBack(judge("i", FOLLOWS, Cause.OUTCOME, first.id()), Reason.DAILY_CAP);
  }
}
