package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.codec.EventEncoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBaseTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private static final RuleSet RULES =
      RuleSet.of(
          "shared.drl",
          """
          rule "Click" @flow("tour_click")
          when $a : Action( click ) then tours.offer($a, ""); end
          rule "Fails on submit" @flow("tour_submit")
          when $a : Action( submit ) then tours.offer($a, $a.getTitle().substring(100)); end
          """);

  private static final RuleBase BASE = RuleBase.compile(RULES);

  @TempDir Path cache;

  /** An engine, and what it tells. */
  private static final class Told implements EngineListener {

    final List<String> decisions = new CopyOnWriteArrayList<>();
    final List<RuleFailure> failures = new CopyOnWriteArrayList<>();

    TourEngine start() {
      return TourEngine.builder(BASE).listener(this).clock(() -> T0).lanes(1).build();
    }

    @Override
    public void decided(Decision decision) {
      decisions.add(decision.offer().rule());
    }

    @Override
    public void ruleFailed(RuleFailure failure) {
      failures.add(failure);
    }
  }

  private static ActionsEvent action(String type, int second) {
    Instant at = T0.plusSeconds(second);
    UiAction action = UiAction.builder(type).url("https://h.com/a").start(at).build();
    return new ActionsEvent("p", "s", "", "", "", T0, List.of(action));
  }

  private static void give(TourEngine engine, String... types) {
    for (int i = 0; i < types.length; i++) {
      engine.accept(action(types[i], i)).toCompletableFuture().join();
    }
  }

  @Test
  void enginesShareOneBaseAndEachHasSessionsOfItsOwn() {
    Told first = new Told();
    Told second = new Told();
    try (TourEngine one = first.start();
        TourEngine other = second.start()) {
      give(one, "click");
      give(other, "click");
    }
    assertThat(first.decisions).containsExactly("Click");
    assertThat(second.decisions).containsExactly("Click");
  }

  @Test
  void aRuleThatIsSwitchedOffInOneEngineRunsInAnother() {
    Told first = new Told();
    Told second = new Told();
    try (TourEngine one = first.start();
        TourEngine other = second.start()) {
      give(one, "submit", "submit", "submit", "submit");
      give(other, "submit");
    }
    assertThat(first.failures)
        .extracting(RuleFailure::quarantined)
        .containsExactly(false, false, true);
    assertThat(second.failures).extracting(RuleFailure::quarantined).containsExactly(false);
  }

  @Test
  void aBaseServesOnThoughAnEngineOfItHasBeenClosed() {
    new Told().start().close();
    Told later = new Told();
    try (TourEngine engine = later.start()) {
      give(engine, "click");
    }
    assertThat(later.decisions).containsExactly("Click");
  }

  @Test
  void aRunningEngineTakesUpABaseThatIsCompiledAlready() {
    Told told = new Told();
    try (TourEngine engine = told.start()) {
      engine.replaceRules(RuleBase.compile(RuleSet.empty()));
      give(engine, "click");
      assertThat(told.decisions).isEmpty();
      engine.replaceRules(BASE);
      give(engine, "focus", "click");
    }
    assertThat(told.decisions).containsExactly("Click");
  }

  @Test
  void replaysShareABaseWithEnginesAndWithEachOther() throws IOException {
    byte[] frame = EventEncoder.create().encode(action("click", 0));
    Replay replay = Replay.builder(BASE).withoutPolicy().lanes(1).build();
    for (int i = 0; i < 2; i++) {
      List<Offer> offers = new ArrayList<>();
      assertThat(replay.run(new ByteArrayInputStream(frame), offers::add).offersByFlow())
          .containsOnlyKeys("tour_click")
          .containsEntry("tour_click", 1L);
      assertThat(offers).extracting(Offer::rule).containsExactly("Click");
    }
  }

  @Test
  void rulesWithFaultsAreRefusedWithEveryProblem() {
    RuleSet wrong = RuleSet.of("wrong.drl", "rule \"x\" when Action( clik ) then end");
    assertThatThrownBy(() -> RuleBase.compile(wrong, cache))
        .isInstanceOfSatisfying(
            InvalidRulesException.class,
            e -> assertThat(e.problems()).isEqualTo(RuleBase.check(wrong)).isNotEmpty());
  }
}
