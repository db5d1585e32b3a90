package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the sink remembers of its triggers. */
class PendingTriggersTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey SESSION = new SessionKey("prod_abc", "ps_1");

  private final PendingTriggers triggers = new PendingTriggers(new OpenStreams());

  private PendingTrigger arrive(String id) {
    return arrive(id, T0);
  }

  private PendingTrigger arrive(String id, Instant expiresAt) {
    Offer offer = Offer.withoutRule(id, SESSION, "", "flow", "", T0);
    return triggers
        .arrive(
            TourTrigger.ofRule(offer, T0),
            () -> CompletableFuture.completedStage(Optional.empty()),
            expiresAt)
        .orElseThrow()
        .pending();
  }

  private void deliver(int count) {
    for (int i = 0; i < count; i++) {
      PendingTrigger pending = arrive("delivered" + i);
      pending.outcome().complete(new Delivery.Delivered());
      triggers.end(pending);
    }
  }

  @Test
  void twentyThousandDeliveredTriggersAreRememberedByTheirIds() {
    deliver(20_001);

    assertThat(triggers.find("delivered0")).isEmpty();
    assertThat(triggers.find("delivered1")).isPresent();
  }

  @Test
  void whatIsUndeliveredIsRememberedHoweverManyCome() {
    PendingTrigger waiting = arrive("waiting");

    deliver(20_001);

    assertThat(triggers.find("waiting")).contains(waiting);
  }

  @Test
  void aTriggerExpiresAtItsInstantAndOnce() {
    PendingTrigger first = arrive("t1", T0.plusSeconds(30));
    PendingTrigger second = arrive("t2", T0.plusSeconds(31));

    assertThat(triggers.expired(T0.plusSeconds(30).minusMillis(1))).isEmpty();
    assertThat(triggers.expired(T0.plusSeconds(30))).containsExactly(first);
    assertThat(triggers.expired(T0.plusSeconds(31))).containsExactly(second);
    assertThat(triggers.expired(T0.plusSeconds(32))).isEmpty();
  }

  @Test
  void whatIsDeliveredIsNotGivenBackAtTheEnd() {
    PendingTrigger waiting = arrive("waiting");
    deliver(3);

    assertThat(triggers.close()).isEqualTo(List.of(waiting));
    assertThat(
            triggers.arrive(
                waiting.trigger(), () -> CompletableFuture.completedStage(Optional.empty()), T0))
        .isEmpty();
  }
}
