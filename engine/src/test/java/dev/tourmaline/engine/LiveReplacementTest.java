package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.live.LiveSettings;
import dev.tourmaline.engine.internal.live.PolicySettings;
import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules are replaced again and again while events stream in. */
class LiveReplacementTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final int EVENTS = 3_000;
  private static final int RELOADS = 100;

  private static final String KEPT =
      """
      rule "Submit" @flow("f") when $a : Action( submit ) then tours.offer($a, ""); end
      rule "Submit, then click" @flow("f")
      when
        $a : Action( submit )
        $b : Action( click, this after[0s,1h] $a )
      then tours.offer($b, ""); end
      """;

  private static final String OTHER =
      "rule \"Other %s\" @flow(\"f\") when $a : Action( focus ) then tours.offer($a, \"\"); end";

  @TempDir Path cache;

  private final MutableClock clock = new MutableClock(T0);
  private final List<Offer> offers = new CopyOnWriteArrayList<>();
  private final List<RuleFailure> failures = new CopyOnWriteArrayList<>();

  private static RuleSet rules(int number) {
    return RuleSet.of("kept.drl", KEPT).plus(RuleSet.of("other.drl", OTHER.formatted(number)));
  }

  private TourEngine start() {
    EngineListener listener =
        new EngineListener() {
          @Override
          public void decided(Decision decision) {
            offers.add(decision.offer());
          }

          @Override
          public void ruleFailed(RuleFailure failure) {
            failures.add(failure);
          }
        };
    LiveSettings settings =
        new LiveSettings(
            List.of(),
            List.of(),
            List.of(listener),
            PolicySettings.of(TriggerPolicy.defaults()),
            SessionLimits.defaults().withMaxAwake(10),
            new InMemoryLedger(),
            clock,
            2,
            64,
            Duration.ofSeconds(30));
    LiveEngine engine =
        new LiveEngine(settings, RuleBase.compile(rules(0), cache), Optional.of(cache));
    engine.start();
    return engine;
  }

  private ActionsEvent event(String type, int number) {
    Instant at = T0.plusMillis(number);
    UiAction action = UiAction.builder(type).url("https://h.com/a").start(at).build();
    return new ActionsEvent("p", "s" + number % 40, "", "", "", at, List.of(action));
  }

  @Test
  void noEventIsLostAndNoUnchangedRuleFiresAgain() {
    try (TourEngine engine = start()) {
      CompletableFuture<Void> feeding =
          CompletableFuture.runAsync(
              () -> {
                List<CompletableFuture<Void>> accepted = new ArrayList<>();
                for (int i = 0; i < EVENTS; i++) {
                  // Each session submits once, then clicks.
                  ActionsEvent event = event(i < 40 ? "submit" : "click", i);
                  accepted.add(engine.accept(event).toCompletableFuture());
                }
                CompletableFuture.allOf(accepted.toArray(CompletableFuture[]::new)).join();
              });
      int reloads = 0;
      while (!feeding.isDone() || reloads < 4) {
        engine.replaceRules(rules(++reloads % 2));
        assertThatThrownBy(() -> engine.replaceRules(RuleSet.of("bad.drl", "rule \"x\" when")))
            .isInstanceOf(InvalidRulesException.class);
      }
      feeding.orTimeout(30, TimeUnit.SECONDS).join();
    }
    assertThat(failures).isEmpty();
    assertThat(offers).filteredOn(offer -> offer.rule().equals("Submit")).hasSize(40);
    assertThat(offers)
        .filteredOn(offer -> offer.rule().equals("Submit, then click"))
        .hasSize(EVENTS - 40)
        .extracting(Offer::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void aHundredReloadsLeaveNoClassesBehind() {
    try (TourEngine engine = start()) {
      engine.accept(event("submit", 0)).toCompletableFuture().join();
      engine.replaceRules(rules(1));
      long before = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
      for (int i = 0; i < RELOADS; i++) {
        engine.replaceRules(rules(i % 2));
        engine.accept(event("click", i * 40)).toCompletableFuture().join();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                System.gc();
                long now = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
                // One program has some twenty classes; there are always one or two on the way.
                assertThat(now - before).isLessThan(300);
              });
      assertThat(offers).hasSize(RELOADS + 1);
    }
  }
}
