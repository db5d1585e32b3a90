package dev.tourmaline.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.trigger.Offer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sessions that stand in the comment of {@code comparing_plans.drl}. */
class DemoRulesTest {

  private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");

  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();

  @Test
  void theDemosRulesHaveNoProblem() {
    assertThat(RuleBase.check(Storefront.rules())).isEmpty();
  }

  @Test
  void fifteenSecondsOnThePlansOfferTheirTour() throws IOException {
    happens(0, "pageview", "/pricing");
    passes(60);

    assertThat(offers())
        .singleElement()
        .satisfies(
            offer -> {
              assertThat(offer.flowId()).isEqualTo("tour_plans");
              assertThat(offer.at()).isEqualTo(BEGIN.plusSeconds(15));
            });
  }

  @Test
  void whoeverChoosesAPlanIsLeftAlone() throws IOException {
    happens(0, "pageview", "/pricing");
    happens(10, "submit", "/pricing");
    passes(60);

    assertThat(offers()).isEmpty();
  }

  @Test
  void whoeverLeavesThePlansIsLeftAlone() throws IOException {
    happens(0, "pageview", "/pricing");
    happens(14, "pageview", "/dashboard");
    passes(60);

    assertThat(offers()).isEmpty();
  }

  private void happens(int second, String type, String path) {
    Instant at = BEGIN.plusSeconds(second);
    String url = "https://app.example.com" + path;
    CapturedAction action =
        new CapturedAction("ps_1", "u_1", "u_1@example.com", type, "", "", at, url, url);
    frame(WireFrames.actions("prod_abc", List.of(action), second, at));
  }

  private void passes(int second) {
    frame(WireFrames.summary("prod_abc", "ps_other", "", 0, BEGIN.plusSeconds(second)));
  }

  private void frame(byte[] json) {
    frames.writeBytes(json);
    frames.write('\n');
  }

  private List<Offer> offers() throws IOException {
    List<Offer> offers = new ArrayList<>();
    Replay.builder(Storefront.rules())
        .withoutPolicy()
        .build()
        .run(new ByteArrayInputStream(frames.toByteArray()), offers::add);
    return offers;
  }
}
