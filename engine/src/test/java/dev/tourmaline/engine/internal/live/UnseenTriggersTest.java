package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnseenTriggersTest {

  private static final Instant T0 = Instant.parse("2026-03-02T09:00:00Z");

  private final UnseenTriggers unseen = new UnseenTriggers();

  @Test
  void whereThereAreTooManyTheOldestGoesEarly() {
    for (int i = 0; i < UnseenTriggers.MOST; i++) {
      assertThat(unseen.add(trigger(i), T0)).isEmpty();
    }
    assertThat(unseen.add(trigger(UnseenTriggers.MOST), T0)).contains(trigger(0));
    List<TourTrigger> expired = new ArrayList<>();
    unseen.expire(T0.plusSeconds(120), expired::add);
    assertThat(expired).hasSize(UnseenTriggers.MOST).first().isEqualTo(trigger(1));
  }

  private static TourTrigger trigger(int number) {
    Offer offer = Offer.withoutRule("t" + number, new SessionKey("p", "s"), "", "f", "", T0);
    return new TourTrigger(offer, T0, TourTrigger.Origin.MANUAL);
  }
}
