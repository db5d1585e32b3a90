package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger.Origin;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two lanes that decide on one user at the same time. */
class ConcurrentDecisionsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final int SESSIONS = 10_000;

  private final PolicyMemory policy = new PolicyMemory(TriggerPolicy.defaults());

  private static SessionKey session(int number) {
    return new SessionKey("p", "s" + number);
  }

  private void force(SessionKey session, String user, String id) {
    Offer offer = Offer.withoutRule(id, session, user, "f", "", NOW);
    policy.judge(offer, NOW, Origin.MANUAL, true);
  }

  @Test
  void aUsersSlotsAreNotTouchedByTwoLanesAtATime() throws Exception {
    for (int i = 0; i < SESSIONS; i++) {
      force(session(i), "", "anonymous" + i);
    }
    CompletableFuture<Void> joins =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < SESSIONS; i++) {
                policy.userKnown(session(i), "jane");
              }
            });

    for (int i = 0; !joins.isDone(); i++) {
      force(session(SESSIONS), "jane", "known" + i);
    }

    assertThat(joins).succeedsWithin(Duration.ofSeconds(20));
  }
}
