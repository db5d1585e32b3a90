package dev.tourmaline.engine.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OfferTest {

  @Test
  void aLongReasonIsCutBetweenCharacters() {
    assertThat(reason("r".repeat(1_000))).isEqualTo("r".repeat(1_000));
    assertThat(reason("r".repeat(1_001))).isEqualTo("r".repeat(997) + "...");
    assertThat(reason("r".repeat(996) + "\uD83D\uDE00".repeat(40)))
        .isEqualTo("r".repeat(996) + "...");
  }

  private static String reason(String given) {
    SessionKey session = new SessionKey("p", "s");
    return Offer.withoutRule("id", session, "", "f", given, Instant.EPOCH).reason();
  }
}
