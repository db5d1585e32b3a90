package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What sessions may consume of a user's slots on a claim alone. */
class ForgedClaimCannotUseUpAnothersToursTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final String VICTIM = "victim";
  private static final SessionKey HIS_OWN = new SessionKey("p", "his own");

  private Instant now = T0;
  private int offers;
  private PolicyMemory policy = new PolicyMemory(TriggerPolicy.builder().perUserPerDay(2).build());

  private static SessionKey forged(int number) {
    return new SessionKey("p", "forged" + number);
  }

  private Object judge(SessionKey session, String user, String flow) {
    return judge(session, user, flow, false);
  }

  private Object judge(SessionKey session, String user, String flow, boolean force) {
    Offer offer = Offer.withoutRule("id" + offers++, session, user, flow, "", now);
    Decision decision = policy.judge(offer, now, TourTrigger.Origin.RULE, force);
    return decision instanceof Decision.Suppressed held ? held.reason() : "admitted";
  }

  @Test
  void sessionsThatClaimAUserTakeNothingOfAVouchedOnes() {
    policy.vouch(HIS_OWN, VICTIM);
    assertThat(judge(forged(1), VICTIM, "f")).isEqualTo("admitted");
    now = now.plus(Duration.ofHours(1));
    assertThat(judge(forged(2), VICTIM, "g")).isEqualTo("admitted");
    assertThat(judge(forged(3), VICTIM, "h")).as("among themselves").isNotEqualTo("admitted");

    assertThat(judge(HIS_OWN, VICTIM, "f")).isEqualTo("admitted");
    assertThat(judge(HIS_OWN, VICTIM, "f")).as("his own count").isEqualTo(Reason.ONCE);
    assertThat(judge(HIS_OWN, VICTIM, "g")).isEqualTo(Reason.BETWEEN_TOURS);
    now = now.plus(Duration.ofHours(1));
    assertThat(judge(HIS_OWN, VICTIM, "g")).isEqualTo("admitted");
    now = now.plus(Duration.ofHours(1));
    assertThat(judge(HIS_OWN, VICTIM, "h")).isEqualTo(Reason.DAILY_CAP);
  }

  @Test
  void aVouchedSessionsToursCountForThoseThatOnlyClaim() {
    policy.vouch(HIS_OWN, VICTIM);
    judge(HIS_OWN, VICTIM, "f");
    now = now.plus(Duration.ofDays(2));

    assertThat(judge(forged(1), VICTIM, "f")).isEqualTo(Reason.ONCE);
  }

  @Test
  void whatASessionWasGivenBeforeItIsVouchedForCountsAfterwards() {
    judge(HIS_OWN, VICTIM, "f");

    policy.vouch(HIS_OWN, VICTIM);

    assertThat(judge(HIS_OWN, VICTIM, "f")).isEqualTo(Reason.ONCE);
  }

  @Test
  void anAnonymousSessionsToursAreVouchedForWithIt() {
    judge(HIS_OWN, "", "f");
    policy.vouch(HIS_OWN, VICTIM);
    judge(forged(1), VICTIM, "unrelated", true);

    policy.userKnown(HIS_OWN, VICTIM);

    assertThat(judge(HIS_OWN, VICTIM, "f")).isEqualTo(Reason.ONCE);
  }

  @Test
  void vouchingForOneUserIsNothingToAnother() {
    policy.vouch(HIS_OWN, "mallory");
    judge(forged(1), VICTIM, "f");

    assertThat(judge(HIS_OWN, VICTIM, "f")).isEqualTo(Reason.ONCE);
  }

  @Test
  void hundredsOfClaimsPushNoVouchedSlotOut() {
    policy = onceAUser();
    policy.vouch(HIS_OWN, VICTIM);
    judge(HIS_OWN, VICTIM, "seen");

    for (int i = 0; i < 500; i++) {
      now = now.plusSeconds(1);
      judge(forged(i), VICTIM, "flow" + i, true);
    }

    assertThat(judge(HIS_OWN, VICTIM, "seen")).isEqualTo(Reason.ONCE);
  }

  @Test
  void aClaimPushesAtMostOneVouchedSlotOut() {
    policy = onceAUser();
    policy.vouch(HIS_OWN, VICTIM);
    for (int i = 0; i < 100; i++) {
      judge(HIS_OWN, VICTIM, "seen" + i);
    }

    for (int i = 0; i < 50; i++) {
      judge(forged(i), VICTIM, "flow" + i, true);
    }

    for (int i = 1; i < 100; i++) {
      assertThat(judge(HIS_OWN, VICTIM, "seen" + i)).as("seen" + i).isEqualTo(Reason.ONCE);
    }
  }

  @Test
  void anonymousSessionsThatClaimAUserPushNoFlowOutThatHeHasSeen() {
    policy = onceAUser();
    judge(HIS_OWN, VICTIM, "seen");

    for (int i = 0; i < 500; i++) {
      now = now.plusSeconds(1);
      assertThat(judge(forged(i), "", "f")).isEqualTo("admitted");
      policy.userKnown(forged(i), VICTIM);
    }

    assertThat(judge(HIS_OWN, VICTIM, "seen")).isEqualTo(Reason.ONCE);
    assertThat(judge(HIS_OWN, VICTIM, "f")).isEqualTo(Reason.ONCE);
  }

  @Test
  void whatAnonymousSessionsBringIsBoundedToo() {
    policy = onceAUser();
    for (int i = 0; i < 101; i++) {
      now = now.plusSeconds(1);
      judge(forged(i), "", "flow" + i);
      policy.userKnown(forged(i), VICTIM);
    }

    assertThat(judge(HIS_OWN, VICTIM, "flow1")).isEqualTo(Reason.ONCE);
    assertThat(judge(HIS_OWN, VICTIM, "flow0")).isEqualTo("admitted");
  }

  @Test
  void amongEqualsTheOldestSlotIsEvicted() {
    policy = onceAUser();
    for (int i = 0; i < 101; i++) {
      judge(HIS_OWN, VICTIM, "flow" + i);
    }

    assertThat(judge(HIS_OWN, VICTIM, "flow1")).isEqualTo(Reason.ONCE);
    assertThat(judge(HIS_OWN, VICTIM, "flow0")).isEqualTo("admitted");
  }

  @Test
  void whatASessionHadBeforeItsUserCameIsEvictedInItsTurn() {
    policy = onceAUser();
    judge(forged(0), "", "first");
    for (int i = 0; i < 100; i++) {
      now = now.plusSeconds(1);
      judge(HIS_OWN, VICTIM, "flow" + i);
    }

    policy.userKnown(forged(0), VICTIM);

    assertThat(judge(HIS_OWN, VICTIM, "flow0")).isEqualTo(Reason.ONCE);
    assertThat(judge(HIS_OWN, VICTIM, "first")).isEqualTo("admitted");
  }

  @Test
  void vouchingForOneSessionLeavesTheOthersAsTheyWere() {
    policy = onceAUser();
    policy.vouch(HIS_OWN, VICTIM);
    judge(HIS_OWN, VICTIM, "f");
    judge(forged(1), VICTIM, "g");

    policy.vouch(forged(2), VICTIM);

    assertThat(judge(forged(2), VICTIM, "f")).isEqualTo(Reason.ONCE);
    assertThat(judge(forged(2), VICTIM, "g")).isEqualTo("admitted");
  }

  @Test
  void theSixteenSessionsVouchedForLastAreRemembered() {
    policy = onceAUser();
    for (int i = 0; i < 16; i++) {
      policy.vouch(forged(i), VICTIM);
    }
    policy.vouch(forged(0), VICTIM);
    policy.vouch(forged(16), VICTIM);
    judge(HIS_OWN, VICTIM, "f");

    assertThat(judge(forged(1), VICTIM, "f")).as("let go").isEqualTo(Reason.ONCE);
    assertThat(judge(forged(2), VICTIM, "f")).as("the oldest one left").isEqualTo("admitted");
    judge(HIS_OWN, VICTIM, "g");
    assertThat(judge(forged(0), VICTIM, "g")).as("vouched for again").isEqualTo("admitted");
  }

  private static PolicyMemory onceAUser() {
    return new PolicyMemory(
        TriggerPolicy.builder()
            .oncePer(Frequency.ONCE_PER_USER)
            .betweenTours(Duration.ZERO)
            .perUserPerDay(1_000)
            .perUserPerWeek(1_000)
            .build());
  }
}
