package dev.tourmaline.embedded;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.sink.CallbackSink;
import dev.tourmaline.rules.RulePacks;
import java.time.Instant;
import java.util.List;

/** An application that brings its rules in its jar: those of a pack, and a folder of its own. */
public final class PackagedTours {

  private PackagedTours() {}

  public static void main(String[] args) {
    RuleSet own = RuleSet.resources(PackagedTours.class.getClassLoader(), "tours");
    try (TourEngine engine =
        TourEngine.builder(RulePacks.pack("billing").plus(own))
            .sink(CallbackSink.of(t -> System.out.println(t.flowId() + ": " + t.reason())))
            .build()) {
      visit(
          engine,
          "ps_1",
          "/settings/billing",
          "/team",
          "/settings/billing",
          "/team",
          "/settings/billing");
      visit(engine, "ps_2", "/help");
    }
  }

  private static void visit(TourEngine engine, String session, String... paths) {
    Instant at = Instant.now().minusSeconds(60);
    for (String path : paths) {
      at = at.plusSeconds(10);
      UiAction view =
          UiAction.builder("pageview").url("https://app.example.com" + path).start(at).build();
      engine.accept(new ActionsEvent("prod_abc", session, "", "", "", at, List.of(view)));
    }
  }
}
