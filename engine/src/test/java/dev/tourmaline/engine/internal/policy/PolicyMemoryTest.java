package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a tour is welcome. */
class PolicyMemoryTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey S1 = new SessionKey("p", "s1");
  private static final SessionKey S2 = new SessionKey("p", "s2");

  private Instant now = T0;
  private int offers;
  private PolicyMemory policy = new PolicyMemory(TriggerPolicy.defaults());

  private static PolicyMemory policy(Frequency once, Duration between, int perDay) {
    return new PolicyMemory(
        TriggerPolicy.builder()
            .oncePer(once)
            .betweenTours(between)
            .perUserPerDay(perDay)
            .perUserPerWeek(1_000)
            .build());
  }

  private Offer offer(SessionKey session, String user, String flow) {
    return offer(session, user, flow, "rule", 50, 0);
  }

  private Offer offer(
      SessionKey session, String user, String flow, String rule, int priority, int salience) {
    return new Offer("id" + offers++, session, user, rule, flow, priority, salience, "", now);
  }

  /** Offers a tour; the reason why it is held back, or nothing. */
  private Object judge(SessionKey session, String user, String flow) {
    Decision decision = policy.judge(List.of(offer(session, user, flow)), now).get(0);
    return decision instanceof Decision.Suppressed held ? held.reason() : "admitted";
  }

  private TourTrigger admit(SessionKey session, String user, String flow) {
    Decision decision = policy.judge(List.of(offer(session, user, flow)), now).get(0);
    assertThat(decision).isInstanceOf(Decision.Admitted.class);
    return ((Decision.Admitted) decision).trigger();
  }

  private void later(Duration duration) {
    now = now.plus(duration);
  }

  private void report(TourTrigger trigger, Outcome outcome) {
    policy.feedback(new TourFeedback(trigger.id(), trigger.session(), outcome, 0), trigger, now);
  }

  @Test
  void theBestOfferIsTheHighestPriorityThenSalienceThenTheRulesName() {
    policy = policy(Frequency.ALWAYS, Duration.ZERO, 1_000);
    List<Offer> ranked =
        List.of(
            offer(S1, "u", "f1", "z", 90, -5),
            offer(S1, "u", "f2", "y", 80, 7),
            offer(S1, "u", "f3", "x", 80, 6),
            offer(S1, "u", "f4", "a", 50, 0),
            offer(S1, "u", "f5", "b", 50, 0));
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      List<Offer> shuffled = new ArrayList<>(ranked);
      Collections.shuffle(shuffled, random);
      policy = policy(Frequency.ALWAYS, Duration.ZERO, 1_000);
      List<Decision> decisions = policy.judge(shuffled, now);
      assertThat(decisions).extracting(Decision::offer).containsExactlyElementsOf(ranked);
      assertThat(decisions.get(0)).isInstanceOf(Decision.Admitted.class);
      assertThat(decisions.subList(1, 5))
          .allSatisfy(
              d -> assertThat(((Decision.Suppressed) d).reason()).isEqualTo(Reason.OUTRANKED));
    }
  }

  @Test
  void aFlowIsShownOncePerUserOverAllSessions() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 1_000);
    admit(S1, "u", "f");
    later(Duration.ofDays(30));
    assertThat(judge(S2, "u", "f")).isEqualTo(Reason.ONCE);
    assertThat(judge(S2, "other", "f")).isEqualTo("admitted");
    assertThat(judge(new SessionKey("another product", "s1"), "u", "f")).isEqualTo("admitted");
    assertThat(judge(S2, "u", "g")).isEqualTo("admitted");
  }

  @Test
  void aFlowIsShownOncePerSession() {
    policy = policy(Frequency.ONCE_PER_SESSION, Duration.ZERO, 1_000);
    admit(S1, "u", "f");
    assertThat(judge(S1, "u", "f")).isEqualTo(Reason.ONCE);
    assertThat(judge(S2, "u", "f")).isEqualTo("admitted");
  }

  @Test
  void aRepeatIsToldWhenTheFlowWasReservedOrShown() {
    admit(S1, "u", "f");
    assertThat(detail(S1)).isEqualTo("f is shown once per user, and was reserved at " + T0);
    policy = policy(Frequency.ONCE_PER_SESSION, Duration.ZERO, 1_000);
    TourTrigger seen = admit(S1, "u", "f");
    later(Duration.ofSeconds(1));
    report(seen, Outcome.SHOWN);
    assertThat(detail(S1)).isEqualTo("f is shown once per session, and was shown at " + now);
  }

  private String detail(SessionKey session) {
    Decision repeat = policy.judge(List.of(offer(session, "u", "f")), now).get(0);
    return ((Decision.Suppressed) repeat).detail();
  }

  @Test
  void theSameMomentIsDecidedOnce() {
    policy = policy(Frequency.ALWAYS, Duration.ZERO, 1_000);
    Offer offer = offer(S1, "u", "f");
    assertThat(policy.judge(List.of(offer), now).get(0)).isInstanceOf(Decision.Admitted.class);
    assertThat(policy.judge(List.of(offer), now).get(0))
        .isInstanceOfSatisfying(
            Decision.Suppressed.class,
            held -> assertThat(held.reason()).isEqualTo(Reason.ALREADY_DECIDED));
  }

  @Test
  void betweenTwoToursOfAUserLiesSomeTime() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ofMinutes(30), 1_000);
    admit(S1, "u", "f");
    later(Duration.ofMinutes(30).minusMillis(1));
    assertThat(judge(S2, "u", "g")).isEqualTo(Reason.BETWEEN_TOURS);
    later(Duration.ofMillis(1));
    assertThat(judge(S2, "u", "g")).isEqualTo("admitted");
  }

  @Test
  void aUserGetsSoManyToursWithinAnyTwentyFourHours() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 2);
    admit(S1, "u", "f1");
    later(Duration.ofHours(12));
    admit(S1, "u", "f2");
    later(Duration.ofHours(12).minusMillis(1));
    assertThat(judge(S1, "u", "f3")).isEqualTo(Reason.DAILY_CAP);
    later(Duration.ofMillis(1));
    assertThat(judge(S1, "u", "f3")).isEqualTo("admitted");
    assertThat(judge(S1, "u", "f4")).isEqualTo(Reason.DAILY_CAP);
  }

  @Test
  void noTourIsOfferedInASessionWhileOneRunsThere() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 1_000);
    TourTrigger running = admit(S1, "u", "f");
    assertThat(judge(S1, "u", "g0")).as("reserved, not shown").isEqualTo("admitted");
    report(running, Outcome.SHOWN);
    for (int i = 0; i < 20; i++) {
      later(Duration.ofSeconds(30));
      assertThat(judge(S1, "u", "g" + i + 1)).isEqualTo(Reason.TOUR_RUNNING);
      report(running, Outcome.RUNNING);
    }
    assertThat(judge(S2, "u", "h")).as("elsewhere").isEqualTo("admitted");
    later(Duration.ofMinutes(2).minusMillis(1));
    assertThat(judge(S1, "u", "i")).isEqualTo(Reason.TOUR_RUNNING);
    later(Duration.ofMillis(1));
    assertThat(judge(S1, "u", "i")).as("two minutes of silence end it").isEqualTo("admitted");
  }

  @Test
  void aTourThatIsOverRunsNoMore() {
    for (Outcome outcome : List.of(Outcome.COMPLETED, Outcome.DISMISSED)) {
      policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 1_000);
      TourTrigger running = admit(S1, "u", "f");
      report(running, Outcome.SHOWN);
      report(running, outcome);
      assertThat(judge(S1, "u", "g")).isEqualTo("admitted");
      assertThat(judge(S1, "u", "f")).isEqualTo(Reason.ONCE);
    }
  }

  @Test
  void aTourNobodyReportsOnRunsForFiveMinutes() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 1_000);
    policy.confirm(admit(S1, "u", "f"), now);
    later(Duration.ofMinutes(5).minusMillis(1));
    assertThat(judge(S1, "u", "g")).isEqualTo(Reason.TOUR_RUNNING);
    later(Duration.ofMillis(1));
    assertThat(judge(S1, "u", "g")).isEqualTo("admitted");
  }

  @Test
  void aTourNobodySawCostsNothing() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ofMinutes(30), 1);
    TourTrigger unseen = admit(S1, "u", "f");
    assertThat(judge(S1, "u", "f")).isEqualTo(Reason.ONCE);
    policy.release(unseen);
    TourTrigger failed = admit(S1, "u", "f");
    report(failed, Outcome.FAILED);
    TourTrigger seen = admit(S1, "u", "f");
    report(seen, Outcome.SHOWN);
    policy.release(seen);
    assertThat(judge(S1, "u", "f")).as("what was shown stays").isEqualTo(Reason.ONCE);
  }

  private void unconfirmed(TourTrigger trigger) {
    TourFeedback feedback =
        new TourFeedback(trigger.id(), trigger.session(), Outcome.SHOWN, 0, false, "", "");
    policy.feedback(feedback, trigger, now);
  }

  @Test
  void anUnconfirmedTourHoldsItsFlowForSevenDaysAndTheSecondForGood() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 1_000);
    unconfirmed(admit(S1, "u", "f"));
    later(Duration.ofDays(7).minusSeconds(1));
    assertThat(judge(S1, "u", "f")).isEqualTo(Reason.ONCE);
    later(Duration.ofSeconds(1));

    unconfirmed(admit(S1, "u", "f"));
    later(Duration.ofDays(300));
    assertThat(judge(S1, "u", "f")).as("twice unconfirmed is once").isEqualTo(Reason.ONCE);
  }

  @Test
  void anUnconfirmedTourCountsForTheCapsAndMayBeConfirmedLater() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ofMinutes(30), 2);
    TourTrigger seen = admit(S1, "u", "f");
    unconfirmed(seen);
    assertThat(judge(S1, "u", "g")).isEqualTo(Reason.TOUR_RUNNING);
    report(seen, Outcome.DISMISSED);
    assertThat(judge(S1, "u", "g")).isEqualTo(Reason.BETWEEN_TOURS);
    later(Duration.ofMinutes(30));
    unconfirmed(admit(S1, "u", "g"));
    later(Duration.ofMinutes(30));
    assertThat(judge(S1, "u", "h")).isEqualTo(Reason.DAILY_CAP);
    later(Duration.ofDays(8));
    assertThat(judge(S1, "u", "f")).as("seen in the end").isEqualTo(Reason.ONCE);
  }

  @Test
  void anUnconfirmedTourThatFailsAfterAllCostsNothing() {
    TourTrigger trigger = admit(S1, "u", "f");
    unconfirmed(trigger);
    report(trigger, Outcome.FAILED);
    TourTrigger again = admit(S1, "u", "f");
    report(again, Outcome.SHOWN);
    report(again, Outcome.FAILED);
    later(Duration.ofDays(8));
    assertThat(judge(S1, "u", "f")).as("it was seen before it failed").isEqualTo(Reason.ONCE);
  }

  @Test
  void aReportThatComesAfterTheReleaseReservesTheSlotAgain() {
    TourTrigger late = admit(S1, "u", "f");
    policy.release(late);
    report(late, Outcome.FAILED);
    assertThat(policy.triggersOf("p", "u", "f")).isEmpty();
    report(late, Outcome.SHOWN);
    assertThat(judge(S1, "u", "f")).isEqualTo(Reason.ONCE);
  }

  @Test
  void aTourCountsFromWhenItIsShown() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ofMinutes(30), 1_000);
    TourTrigger held = admit(S1, "u", "f");
    later(Duration.ofMinutes(10));
    report(held, Outcome.SHOWN);
    report(held, Outcome.COMPLETED);
    later(Duration.ofMinutes(29));
    assertThat(judge(S1, "u", "g")).isEqualTo(Reason.BETWEEN_TOURS);
    later(Duration.ofMinutes(1));
    assertThat(judge(S1, "u", "g")).isEqualTo("admitted");
  }

  @Test
  void whatASessionHadJoinsItsUserWhoBecomesKnown() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 3);
    TourTrigger anonymous = admit(S1, "", "f1");
    admit(S2, "u", "f2");
    policy.userKnown(S1, "u");
    assertThat(judge(S2, "u", "f1")).isEqualTo(Reason.ONCE);
    assertThat(judge(S1, "u", "f2")).isEqualTo(Reason.ONCE);
    report(anonymous, Outcome.SHOWN);
    assertThat(judge(S1, "u", "f3"))
        .as("its reports are about it still")
        .isEqualTo(Reason.TOUR_RUNNING);
    assertThat(judge(S2, "u", "f3")).isEqualTo("admitted");
    assertThat(judge(S2, "u", "f4")).as("counts add up").isEqualTo(Reason.DAILY_CAP);
  }

  @Test
  void aSessionThatComesBackWithoutItsUserIsTheSameOne() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 1_000);
    policy.userKnown(S1, "u");
    admit(S1, "u", "f");
    assertThat(judge(S1, "", "f")).isEqualTo(Reason.ONCE);
    policy.userKnown(S2, "u");
    assertThat(judge(S2, "", "f")).isEqualTo(Reason.ONCE);
    assertThat(judge(new SessionKey("p", "s3"), "", "f")).isEqualTo("admitted");
  }

  @Test
  void thePreDeliveryCheckObjectsWhileAnotherTourRuns() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ZERO, 1_000);
    TourTrigger first = admit(S1, "u", "f");
    TourTrigger second = admit(S1, "u", "g");
    assertThat(policy.objection(second, Surroundings.unknown(), now)).isEmpty();
    report(first, Outcome.SHOWN);
    assertThat(policy.objection(first, Surroundings.unknown(), now)).as("its own").isEmpty();
    assertThat(policy.objection(second, Surroundings.unknown(), now)).contains("f is running");
    report(first, Outcome.DISMISSED);
    assertThat(policy.objection(second, Surroundings.unknown(), now)).isEmpty();
  }

  @Test
  void aForcedTourPassesTheGatesAndCounts() {
    policy = policy(Frequency.ONCE_PER_USER, Duration.ofMinutes(30), 1);
    admit(S1, "u", "f");
    Offer again = offer(S1, "u", "f");
    assertThat(policy.judge(again, now, TourTrigger.Origin.MANUAL, true))
        .isInstanceOf(Decision.Admitted.class);
    later(Duration.ofHours(23));
    assertThat(judge(S1, "u", "g")).isEqualTo(Reason.DAILY_CAP);
  }
}
