package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TourTrigger.Origin;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a visitor's answers hold back, and where. */
class AnswersTest {

  private static final SessionKey DESKTOP = new SessionKey("p", "desktop");
  private static final SessionKey PHONE = new SessionKey("p", "phone");
  private static final SessionKey STRANGER = new SessionKey("p", "a stranger's");
  private static final String ADA = "ada";

  private final Objectors objectors = Objectors.nobody();
  private final PolicyMemory policy =
      new PolicyMemory(
          new PolicyMemory.Parts(
              TriggerPolicy.builder()
                  .oncePer(Frequency.ALWAYS)
                  .betweenTours(Duration.ZERO)
                  .perUserPerDay(1_000)
                  .perUserPerWeek(1_000)
                  .build(),
              new InMemoryUsers(),
              new SwitchBoard(SwitchStore.inMemory()),
              KnownAttributes.ofTokens(),
              objectors,
              rule -> Optional.empty()));

  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private int offers;

  private Offer offer(SessionKey session, String user, String flow, RuleTerms terms) {
    Moment moment = new Moment(Cause.ACTION, "/", Duration.ZERO, now, "");
    return new Offer("id" + offers++, session, user, "r", flow, 50, 0, "", now, moment, terms);
  }

  private Object judge(SessionKey session, String user, String flow) {
    return judge(offer(session, user, flow, RuleTerms.none()));
  }

  private Object judge(Offer offer) {
    Decision decision = policy.judge(List.of(offer), now).get(0);
    return decision instanceof Decision.Suppressed held ? held.reason() : decision.word();
  }

  private TourTrigger started(SessionKey session, String user, String flow) {
    return started(offer(session, user, flow, RuleTerms.none()));
  }

  private TourTrigger started(Offer offer) {
    assertThat(policy.judge(offer, now, Origin.MANUAL, true).word()).isEqualTo("admitted");
    return new TourTrigger(offer, now, Origin.MANUAL, false);
  }

  private void report(TourTrigger trigger, Outcome outcome) {
    policy.feedback(new TourFeedback(trigger.id(), trigger.session(), outcome, 0), trigger, now);
  }

  private void dismissed(SessionKey session, String user, String flow) {
    ends(started(session, user, flow), Outcome.DISMISSED);
  }

  private void ends(TourTrigger tour, Outcome outcome) {
    report(tour, Outcome.SHOWN);
    later(Duration.ofSeconds(20));
    report(tour, outcome);
  }

  private void later(Duration duration) {
    now = now.plus(duration);
  }

  @Test
  void theFirstDismissalHoldsItsFlowForADayInAllSessions() {
    dismissed(DESKTOP, ADA, "f");
    later(Duration.ofDays(1).minusMillis(1));
    assertThat(judge(PHONE, ADA, "f")).isEqualTo(Reason.DISMISSED);
    assertThat(judge(PHONE, ADA, "g")).isEqualTo("admitted");
    later(Duration.ofMillis(1));
    assertThat(judge(PHONE, ADA, "f")).isEqualTo("admitted");
  }

  @Test
  void theSecondInARowHoldsAllToursForSevenDays() {
    dismissed(DESKTOP, ADA, "f");
    later(Duration.ofDays(50));
    dismissed(PHONE, ADA, "g");
    later(Duration.ofDays(7).minusMillis(1));
    assertThat(judge(DESKTOP, ADA, "h")).isEqualTo(Reason.DISMISSED);
    later(Duration.ofMillis(1));
    assertThat(judge(DESKTOP, ADA, "h")).isEqualTo("admitted");
  }

  @Test
  void fromTheThirdOnHeIsInvitedUntilHeSeesATourToItsEnd() {
    for (String flow : List.of("f", "g", "h")) {
      assertThat(isInvited()).isFalse();
      dismissed(DESKTOP, ADA, flow);
      later(Duration.ofDays(8));
    }
    assertThat(isInvited()).isTrue();
    ends(started(PHONE, ADA, "i"), Outcome.COMPLETED);
    assertThat(isInvited()).isFalse();
    dismissed(DESKTOP, ADA, "f");
    later(Duration.ofDays(1));
    assertThat(judge(DESKTOP, ADA, "f")).as("a new row").isEqualTo("admitted");
  }

  private boolean isInvited() {
    Offer offer = offer(PHONE, ADA, "any", RuleTerms.none());
    return policy.judge(List.of(offer), now).get(0) instanceof Decision.Admitted admitted
        && admitted.trigger().invite();
  }

  @Test
  void dismissalsBeforeAndAfterTheUserIsKnownAddUp() {
    dismissed(PHONE, ADA, "f");
    dismissed(DESKTOP, "", "g");

    policy.userKnown(DESKTOP, ADA);

    assertThat(judge(DESKTOP, ADA, "h")).isEqualTo(Reason.DISMISSED);
    assertThat(judge(PHONE, ADA, "h")).isEqualTo(Reason.DISMISSED);
  }

  @Test
  void dismissalsOfVouchedAndOtherSessionsAddUpForTheOthers() {
    policy.vouch(PHONE, ADA);
    dismissed(PHONE, ADA, "f");
    dismissed(DESKTOP, ADA, "g");

    assertThat(judge(DESKTOP, ADA, "h")).isEqualTo(Reason.DISMISSED);
    assertThat(judge(PHONE, ADA, "h")).as("vouched for").isEqualTo("admitted");
  }

  @Test
  void whatWasAnsweredBeforeTheSessionIsVouchedForCountsAfterwards() {
    dismissed(DESKTOP, "", "f");
    dismissed(DESKTOP, "", "g");
    policy.userKnown(DESKTOP, ADA);

    policy.vouch(DESKTOP, ADA);

    assertThat(judge(DESKTOP, ADA, "h")).isEqualTo(Reason.DISMISSED);
  }

  @Test
  void aStrangersAnswersHoldBackNothingInAVouchedSession() {
    policy.vouch(DESKTOP, ADA);
    for (int i = 0; i < 300; i++) {
      dismissed(STRANGER, ADA, "f" + i);
    }
    assertThat(judge(DESKTOP, ADA, "f0")).isEqualTo("admitted");
    dismissed(DESKTOP, ADA, "f1");
    dismissed(DESKTOP, ADA, "f2");
    for (int i = 0; i < 300; i++) {
      ends(started(STRANGER, ADA, "f" + i), Outcome.COMPLETED);
    }
    assertThat(judge(DESKTOP, ADA, "f0")).isEqualTo(Reason.DISMISSED);
  }

  @Test
  void closedWithinThreeSecondsCountsAsDismissed() {
    TourTrigger tour = started(DESKTOP, ADA, "f");
    later(Duration.ofMinutes(1));
    report(tour, Outcome.SHOWN);
    later(Duration.ofSeconds(3).minusMillis(1));
    report(tour, Outcome.COMPLETED);
    assertThat(judge(DESKTOP, ADA, "f")).isEqualTo(Reason.DISMISSED);

    TourTrigger seen = started(DESKTOP, ADA, "g");
    report(seen, Outcome.SHOWN);
    later(Duration.ofSeconds(3));
    report(seen, Outcome.COMPLETED);
    assertThat(judge(DESKTOP, ADA, "g")).isEqualTo("admitted");
  }

  @Test
  void aCompletionWhoseBeginWasNotReportedIsBelieved() {
    report(started(DESKTOP, ADA, "f"), Outcome.COMPLETED);

    assertThat(judge(DESKTOP, ADA, "f")).isEqualTo("admitted");
  }

  @Test
  void noMoreToursHoldsAlsoWhenTheTourWasOverBefore() {
    TourTrigger tour = started(DESKTOP, ADA, "f");
    ends(tour, Outcome.DISMISSED);

    report(tour, Outcome.OPTED_OUT);

    assertThat(judge(PHONE, ADA, "g")).isEqualTo(Reason.OPTED_OUT);
    policy.wantsTours(DESKTOP, ADA, true);
    assertThat(judge(PHONE, ADA, "g")).isEqualTo("admitted");
  }

  @Test
  void afterAnObjectionNothingIsSentNorForcedNorWhatWasOnItsWay() {
    TourTrigger onItsWay = started(DESKTOP, ADA, "f");
    assertThat(policy.objection(onItsWay, Surroundings.unknown(), now)).isEmpty();

    objectors.set("p", ADA, true);

    assertThat(policy.objection(onItsWay, Surroundings.unknown(), now))
        .contains("the user has objected to being processed");
    assertThat(judge(PHONE, ADA, "g")).isEqualTo(Reason.OPTED_OUT);
    Offer forced = offer(PHONE, ADA, "g", RuleTerms.none());
    assertThat(policy.judge(forced, now, Origin.MANUAL, true).word()).isEqualTo("suppressed");
  }

  @Test
  void afterDismissalHoldsLongerAndNeverShorter() {
    TourTrigger brief = started(offerAfter(Duration.ofHours(1), "f"));
    ends(brief, Outcome.DISMISSED);
    later(Duration.ofHours(2));
    assertThat(judge(DESKTOP, ADA, "f")).isEqualTo(Reason.DISMISSED);
    later(Duration.ofDays(1));
    ends(started(DESKTOP, ADA, "any"), Outcome.COMPLETED);

    ends(started(offerAfter(Duration.ofDays(30), "g")), Outcome.DISMISSED);
    later(Duration.ofDays(29));
    assertThat(judge(DESKTOP, ADA, "g")).isEqualTo(Reason.DISMISSED);
    later(Duration.ofDays(1));
    assertThat(judge(DESKTOP, ADA, "g")).isEqualTo("admitted");
  }

  private Offer offerAfter(Duration dismissal, String flow) {
    return offer(DESKTOP, ADA, flow, RuleTerms.builder().afterDismissal(dismissal).build());
  }

  @Test
  void afterDismissalDoesNotOpenWhatOnceHasClosed() {
    RuleTerms terms =
        RuleTerms.builder()
            .oncePer(Frequency.ONCE_PER_USER)
            .afterDismissal(Duration.ofHours(1))
            .build();
    ends(started(offer(DESKTOP, ADA, "f", terms)), Outcome.DISMISSED);
    later(Duration.ofDays(300));

    assertThat(judge(offer(DESKTOP, ADA, "f", terms))).isEqualTo(Reason.ONCE);
  }

  @Test
  void twoFailuresInARowHoldTheFlowForADay() {
    report(started(DESKTOP, ADA, "f"), Outcome.FAILED);
    ends(started(DESKTOP, ADA, "f"), Outcome.COMPLETED);
    report(started(DESKTOP, ADA, "f"), Outcome.FAILED);
    assertThat(judge(PHONE, ADA, "f")).as("not in a row").isEqualTo("admitted");
    report(started(PHONE, ADA, "f"), Outcome.FAILED);
    later(Duration.ofHours(24).minusMillis(1));
    assertThat(judge(DESKTOP, ADA, "f")).isEqualTo(Reason.FAILED);
    assertThat(judge(DESKTOP, ADA, "g")).isEqualTo("admitted");
    later(Duration.ofMillis(1));
    assertThat(judge(DESKTOP, ADA, "f")).isEqualTo("admitted");
  }

  @Test
  void whoeverAShareLeavesOutIsLeftOutAlsoOnceHisUserIsKnown() {
    RuleTerms half = RuleTerms.builder().rollout(0.5).build();
    int leftOut = 0;
    for (int i = 0; i < 200; i++) {
      SessionKey session = new SessionKey("p", "s" + i);
      if (judge(offer(session, "", "f", half)) == Reason.ROLLOUT) {
        leftOut++;
        policy.userKnown(session, "u" + i);
        assertThat(judge(offer(session, "u" + i, "f", half))).isEqualTo(Reason.ROLLOUT);
      }
    }
    assertThat(leftOut).isBetween(60, 140);
  }

  @Test
  void aMomentIsDecidedOnOnceAlsoWhenItsTourIsForgotten() {
    Offer first = offer(DESKTOP, ADA, "first", RuleTerms.none());
    assertThat(judge(first)).isEqualTo("admitted");
    for (int i = 0; i < 300; i++) {
      judge(DESKTOP, ADA, "f" + i);
    }
    assertThat(judge(first)).isEqualTo(Reason.ALREADY_DECIDED);
  }

  @Test
  void aMomentWhoseTourWasReleasedOrOutrankedIsNotDecidedOnAgain() {
    Offer released = offer(DESKTOP, ADA, "f", RuleTerms.none());
    Offer outranked = offer(DESKTOP, ADA, "g", RuleTerms.none());
    Offer stale = offer(DESKTOP, ADA, "h", RuleTerms.none());
    policy.judge(List.of(released, outranked), now);
    policy.release(new TourTrigger(released, now, Origin.RULE, false));
    later(Duration.ofMinutes(2));
    assertThat(judge(stale)).isEqualTo(Reason.STALE);

    assertThat(List.of(judge(released), judge(outranked), judge(stale)))
        .containsOnly(Reason.ALREADY_DECIDED);
  }
}
