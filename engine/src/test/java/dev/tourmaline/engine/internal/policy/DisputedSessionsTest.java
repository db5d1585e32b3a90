package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whether a session's user is beyond dispute. */
class DisputedSessionsTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final DisputedSessions disputed = new DisputedSessions(3);

  private static Fingerprint session(int number) {
    return Fingerprint.ofSession(new SessionKey("p", "s" + number));
  }

  @Test
  void aDisputeLastsThirtyMinutesFromTheLastChangeOfHands() {
    assertThat(disputed.isDisputed(session(1), T0)).isFalse();
    disputed.changedHands(session(1), T0);
    disputed.changedHands(session(1), T0.plusSeconds(60));

    Instant end = T0.plusSeconds(60).plus(HALF_AN_HOUR);
    assertThat(disputed.isDisputed(session(1), end.minusMillis(1))).isTrue();
    assertThat(disputed.isDisputed(session(2), T0)).isFalse();
    assertThat(disputed.isDisputed(session(1), end)).isFalse();
  }

  @Test
  void aSessionThatBeginsAnewIsFreeOfTheDisputeBeforeIt() {
    disputed.changedHands(session(1), T0);
    disputed.changedHands(session(2), T0);

    disputed.began(session(1));

    assertThat(disputed.isDisputed(session(1), T0)).isFalse();
    assertThat(disputed.isDisputed(session(2), T0)).isTrue();
  }

  @Test
  void tooManyDisputesMakeEverySessionDisputedRatherThanForgetOne() {
    for (int i = 0; i < 4; i++) {
      disputed.changedHands(session(i), T0.plusSeconds(i));
    }

    assertThat(disputed.size()).isEqualTo(3);
    Instant endOfTheFirst = T0.plus(HALF_AN_HOUR);
    assertThat(disputed.isDisputed(session(0), endOfTheFirst.minusMillis(1))).isTrue();
    assertThat(disputed.isDisputed(session(9), endOfTheFirst.minusMillis(1))).isTrue();
    assertThat(disputed.isDisputed(session(9), endOfTheFirst)).isFalse();
    assertThat(disputed.isDisputed(session(1), endOfTheFirst)).isTrue();
  }

  @Test
  void aDisputeThatIsTakenUpAgainLastsLongerThanThoseAfterIt() {
    disputed.changedHands(session(1), T0);
    disputed.changedHands(session(2), T0.plusSeconds(1));
    disputed.changedHands(session(1), T0.plus(Duration.ofMinutes(20)));

    disputed.changedHands(session(3), T0.plus(Duration.ofMinutes(31)));

    assertThat(disputed.size()).as("the second is over").isEqualTo(2);
    assertThat(disputed.isDisputed(session(1), T0.plus(Duration.ofMinutes(31)))).isTrue();
  }

  @Test
  void disputesThatAreOverTakeUpNoRoom() {
    for (int i = 0; i < 1_000; i++) {
      disputed.changedHands(session(i), T0.plus(HALF_AN_HOUR.multipliedBy(i)));
    }

    assertThat(disputed.size()).isEqualTo(1);
    assertThat(disputed.isDisputed(session(0), T0.plus(HALF_AN_HOUR.multipliedBy(999)))).isFalse();
  }

  @Test
  void theSecondUsersClaimDisputesASessionAndTheFirstOneDoesNot() {
    PolicyMemory policy = new PolicyMemory(TriggerPolicy.defaults());
    SessionKey session = new SessionKey("p", "s");

    policy.claimed(session, "", T0);
    assertThat(policy.isDisputed(session, T0)).isFalse();
    policy.claimed(session, "jane", T0);
    assertThat(policy.isDisputed(session, T0)).isTrue();
    policy.claimed(session, "", T0);
    assertThat(policy.isDisputed(session, T0)).as("begun anew").isFalse();
  }
}
