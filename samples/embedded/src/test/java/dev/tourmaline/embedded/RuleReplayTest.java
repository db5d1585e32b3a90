package dev.tourmaline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.codec.EventEncoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleReplayTest {

  private static final RuleSet RULES =
      RuleSet.of(
          "pricing.drl",
          """
          rule "Pricing, then help" @flow("tour_plans")
          when
              $a : Action( visit, path == "/help", cameFrom("/pricing") )
          then
              tours.offer($a, "from pricing to help");
          end
          """);

  @Test
  void helpAfterPricingOffersTheTour() throws IOException {
    assertThat(offers("/pricing", "/help")).containsExactly("tour_plans");
    assertThat(offers("/pricing", "/team", "/help")).isEmpty();
  }

  /** The flows offered to one session that views these pages, one a minute. */
  private static List<String> offers(String... paths) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    Instant at = Instant.parse("2026-03-02T09:00:00Z");
    for (String path : paths) {
      at = at.plusSeconds(60);
      String url = "https://app.example.com" + path;
      UiAction view = UiAction.builder("pageview").url(url).start(at).build();
      ActionsEvent event =
          ActionsEvent.builder("prod_abc").sessionId("ps_1").forwardedAt(at).action(view).build();
      frames.write(EventEncoder.create().encode(event));
      frames.write('\n');
    }
    List<String> flows = new ArrayList<>();
    Replay.builder(RULES)
        .withoutPolicy()
        .build()
        .run(new ByteArrayInputStream(frames.toByteArray()), offer -> flows.add(offer.flowId()));
    return flows;
  }
}
