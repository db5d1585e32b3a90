package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a visitor who makes up foreign tours can have remembered. */
class LongForeignToursTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final String LONG = "i".repeat(SessionKey.LONGEST_ID - 6);
  private static final SessionKey SESSION = new SessionKey("p", LONG);
  private static final String USUAL = "01890a5d-ac96-774b-bcce-b302099a8057";
  private static final int TOURS = 40_000;
  private static final long MOST = 25_000;

  private final PublishedTours tours =
      new PublishedTours(Duration.ofSeconds(30), new PolicyMemory(TriggerPolicy.defaults()));
  private final TourTrigger trigger =
      TourTrigger.ofRule(Offer.withoutRule("id", SESSION, "jane", LONG, "", T0), T0);

  private static TourFeedback feedback(int number, String padding) {
    return new TourFeedback(
        padding + number, SESSION, Outcome.SHOWN, 0, true, padding + "flow", "");
  }

  private static ProviderReport report(int number, String padding) {
    return new ProviderReport(
        "p", "jane", padding + "flow", padding + number, Outcome.SHOWN, 0, true, T0, true);
  }

  @Test
  void longIdsFillNoMemory() {
    for (int i = 0; i < TOURS; i++) {
      tours.addForeign(feedback(i, LONG), trigger);
      tours.addForeign(report(i, LONG), trigger);
    }
    assertThat(known(i -> tours.of(feedback(i, LONG)).isPresent())).isLessThan(MOST);
    assertThat(known(i -> tours.of(report(i, LONG)).isPresent())).isLessThan(MOST);
  }

  private static long known(IntPredicate isKnown) {
    return IntStream.range(0, TOURS).filter(isKnown).count();
  }

  @Test
  void idsOfUsualSizeAreAllRemembered() {
    for (int i = 0; i < TOURS; i++) {
      tours.addForeign(report(i, USUAL), trigger);
    }
    assertThat(known(i -> tours.of(report(i, USUAL)).isPresent())).isEqualTo(TOURS);
  }
}
