package dev.tourmaline.embedded;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.sink.CallbackSink;
import java.time.Instant;
import java.util.List;

/** Three visits to billing within ten minutes start the billing tour. */
public final class EmbeddedTours {
  private static final String RULES =
      """
      rule "Billing revisited" @flow("tour_billing_help")
      when
          $a : Action( pageview, path == "/settings/billing", visitsWithin("10m") >= 3 )
      then
          tours.offer($a, "third visit to billing within ten minutes");
      end
      """;

  public static void main(String[] args) {
    try (TourEngine engine =
        TourEngine.builder(RuleSet.of("billing.drl", RULES))
            .sink(CallbackSink.of(t -> System.out.println(t.flowId() + ": " + t.reason())))
            .build()) {
      Instant at = Instant.now().minusSeconds(60);
      for (String page : List.of("billing", "team", "billing", "team", "billing")) {
        String url = "https://app.example.com/settings/" + page;
        at = at.plusSeconds(10);
        UiAction view = UiAction.builder("pageview").url(url).start(at).build();
        engine.accept(ActionsEvent.builder("prod_abc").sessionId("ps_1").action(view).build());
      }
    }
  }
}
