package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TourEngineTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private static final String BILLING =
      """
      rule "Billing revisited"
          @flow("tour_billing_help") @priority(80)
      when
          $a : Action( pageview, path == "/settings/billing", visitsWithin("10m") >= 3, !submittedWithin("10m") )
      then
          tours.offer($a, "third visit to billing within ten minutes");
      end
      """;

  private final MutableClock clock = new MutableClock(T0);
  private final List<TourTrigger> delivered = new CopyOnWriteArrayList<>();
  private final List<Decision> decisions = new CopyOnWriteArrayList<>();
  private final List<RuleFailure> failures = new CopyOnWriteArrayList<>();

  private final EngineListener listener =
      new EngineListener() {
        @Override
        public void decided(Decision decision) {
          decisions.add(decision);
        }

        @Override
        public void ruleFailed(RuleFailure failure) {
          failures.add(failure);
        }
      };

  private TourEngineBuilder engine(String... drl) {
    RuleSet rules = RuleSet.empty();
    for (int i = 0; i < drl.length; i++) {
      rules = rules.plus(RuleSet.of("rules" + i + ".drl", drl[i]));
    }
    return TourEngine.builder(rules).clock(clock).lanes(2).listener(listener);
  }

  private void act(TourEngine engine, String session, UiAction.Builder action) {
    action.start(clock.instant());
    ActionsEvent event =
        new ActionsEvent(
            "prod", session, "u_" + session, "", "", clock.instant(), List.of(action.build()));
    engine.accept(event).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    clock.advance(Duration.ofSeconds(5));
  }

  private void view(TourEngine engine, String session, String path) {
    act(
        engine,
        session,
        UiAction.builder("pageview").title("Page Load").url("https://app.example.com" + path));
  }

  @Test
  void theThirdVisitWithinTheWindowStartsTheTour() {
    try (TourEngine engine = engine(BILLING).sink(new Collecting("test", delivered)).build()) {
      for (String path :
          List.of("/settings/billing", "/", "/settings/billing", "/", "/settings/billing")) {
        view(engine, "s1", path);
      }
      view(engine, "s2", "/settings/billing");
    }
    assertThat(delivered)
        .singleElement()
        .satisfies(
            trigger -> {
              assertThat(trigger.flowId()).isEqualTo("tour_billing_help");
              assertThat(trigger.session()).isEqualTo(new SessionKey("prod", "s1"));
              assertThat(trigger.userId()).isEqualTo("u_s1");
              assertThat(trigger.reason()).isEqualTo("third visit to billing within ten minutes");
            });
  }

  @Test
  void aSubmitWithinTheWindowKeepsTheTourAway() {
    try (TourEngine engine = engine(BILLING).build()) {
      for (String path : List.of("/settings/billing", "/", "/settings/billing", "/")) {
        view(engine, "s1", path);
      }
      act(
          engine,
          "s1",
          UiAction.builder("submit").title("Save").url("https://app.example.com/settings/billing"));
      view(engine, "s1", "/settings/billing");
    }
    assertThat(decisions).isEmpty();
  }

  @Test
  void theSameFlowIsShownOncePerUserAndTheReasonIsTold() {
    try (TourEngine engine = engine(BILLING).build()) {
      for (int i = 0; i < 4; i++) {
        view(engine, "s1", "/settings/billing");
        view(engine, "s1", "/");
      }
    }
    assertThat(decisions)
        .hasSize(2)
        .element(1)
        .isInstanceOfSatisfying(
            Decision.Suppressed.class,
            held -> assertThat(held.reason()).isEqualTo(Decision.Reason.ONCE));
  }

  @Test
  void aDwellComesTrueThoughNoEventComes() {
    String rule =
        """
        rule "Stuck on pricing" @flow("tour_plans")
        when $d : Dwell( reached("45s"), path == "/pricing", actionsOnPage <= 5 )
        then tours.offer($d, "45 s on pricing"); end
        """;
    try (TourEngine engine = engine(rule).build()) {
      view(engine, "s1", "/pricing");
      clock.advance(Duration.ofSeconds(54));
      assertThat(decisions).isEmpty();
      clock.advance(Duration.ofSeconds(2));
      Awaitility.await().untilAsserted(() -> assertThat(decisions).hasSize(1));
      assertThat(decisions.get(0).offer().at()).isEqualTo(T0.plusSeconds(45));
    }
  }

  @Test
  void aRuleThatThrowsIsIsolatedAndSwitchedOffAfterThreeFailures() {
    String broken =
        """
        rule "Broken condition" @flow("tour_broken")
        when $a : Action( pageview, title.substring(100) == "x" ) then tours.offer($a, "never"); end
        rule "Broken consequence" @flow("tour_broken_too")
        when $a : Action( pageview ) then String s = null; s.length(); tours.offer($a, "never"); end
        """;
    try (TourEngine engine = engine(broken, BILLING).build()) {
      for (int i = 0; i < 5; i++) {
        view(engine, "s1", "/settings/billing");
        view(engine, "s1", "/");
      }
    }
    assertThat(decisions).isNotEmpty().allMatch(d -> d.offer().rule().equals("Billing revisited"));
    assertThat(failures)
        .filteredOn(f -> f.rule().equals("Broken condition"))
        .hasSize(3)
        .allMatch(f -> f.kind() == RuleFailure.Kind.CONDITION)
        .last()
        .matches(RuleFailure::quarantined);
    assertThat(failures)
        .filteredOn(f -> f.rule().equals("Broken consequence"))
        .hasSize(3)
        .allMatch(f -> f.kind() == RuleFailure.Kind.CONSEQUENCE)
        .last()
        .matches(RuleFailure::quarantined);
  }

  @Test
  void aRuleThatFiresWithoutEndIsStopped() {
    String loop =
        """
        declare Ball @role(event) @expires(1m) bounces : int end
        rule "Throws the ball" @flow("tour_loop")
        when $a : Action( pageview ) then insert(new Ball(0)); tours.offer($a, "ball"); end
        rule "Bounces for ever" @flow("tour_loop")
        when $a : Action( pageview ) $b : Ball( bounces >= 0 ) then modify($b) { setBounces($b.getBounces() + 1) } end
        """;
    try (TourEngine engine = engine(loop, BILLING).build()) {
      for (int i = 0; i < 3; i++) {
        view(engine, "s1", "/settings/billing");
        view(engine, "s1", "/");
      }
    }
    assertThat(failures).anyMatch(f -> f.kind() == RuleFailure.Kind.LOOP);
    assertThat(decisions).anyMatch(d -> d.offer().rule().equals("Billing revisited"));
  }

  @Test
  void aSlowSinkHoldsUpNeitherRulesNorTheOtherSinks() {
    CountDownLatch stuck = new CountDownLatch(1);
    TriggerSink slow =
        new Collecting("slow", new CopyOnWriteArrayList<>()) {
          @Override
          public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return super.deliver(trigger, check);
          }
        };
    try (TourEngine engine =
        engine(BILLING).sink(slow).sink(new Collecting("quick", delivered)).build()) {
      for (String session : List.of("s1", "s2", "s3")) {
        for (int i = 0; i < 3; i++) {
          view(engine, session, "/");
          view(engine, session, "/settings/billing");
        }
      }
      Awaitility.await().untilAsserted(() -> assertThat(delivered).hasSize(3));
      stuck.countDown();
    }
  }

  @Test
  void aTourNobodySawCostsNothing() {
    TriggerSink refusing =
        new Collecting("refusing", delivered) {
          @Override
          public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
            return CompletableFuture.completedStage(new Delivery.Refused("no"));
          }
        };
    try (TourEngine engine = engine(BILLING).sink(refusing).build()) {
      for (int i = 0; i < 3; i++) {
        view(engine, "s1", "/settings/billing");
        view(engine, "s1", "/");
      }
      Awaitility.await()
          .untilAsserted(
              () -> {
                view(engine, "s1", "/settings/billing");
                view(engine, "s1", "/");
                assertThat(decisions.stream().filter(Decision.Admitted.class::isInstance))
                    .hasSizeGreaterThan(1);
              });
    }
  }

  @Test
  void feedbackOnAManualTriggerIsTakenFromItsOwnSessionOnly() {
    SessionKey session = new SessionKey("prod", "s1");
    try (TourEngine engine = engine(BILLING).sink(new Collecting("browser", delivered)).build()) {
      Decision decision =
          engine
              .trigger(new ManualTrigger(session, "u_s1", "tour_x", "support asked", false))
              .toCompletableFuture()
              .join();
      assertThat(decision).isInstanceOf(Decision.Admitted.class);
      String id = decision.offer().id();
      TourFeedback others =
          new TourFeedback(id, new SessionKey("prod", "s2"), TourFeedback.Outcome.SHOWN, 0);
      assertThat(engine.feedback(others).toCompletableFuture().join()).isFalse();
      TourFeedback own = new TourFeedback(id, session, TourFeedback.Outcome.SHOWN, 0);
      assertThat(engine.feedback(own).toCompletableFuture().join()).isTrue();
    }
  }

  @Test
  void toursOfOtherSystemsGoToBrowsersOnly() {
    List<TourTrigger> elsewhere = new CopyOnWriteArrayList<>();
    Collecting browser =
        new Collecting("browser", delivered) {
          @Override
          public boolean accepts(TourTrigger.Origin origin) {
            return true;
          }
        };
    try (TourEngine engine =
        engine(BILLING).sink(browser).sink(new Collecting("log", elsewhere)).build()) {
      engine.accept(new TriggerEvent("prod", "s1", "", "tour_other", ""));
      Awaitility.await().untilAsserted(() -> assertThat(delivered).hasSize(1));
      assertThat(engine.stats().inbound()).isEqualTo(1);
    }
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void rulesAreReplacedWhileSessionsGoOn() {
    String two = BILLING.replace(">= 3", ">= 2").replace("tour_billing_help", "tour_sooner");
    try (TourEngine engine =
        engine(BILLING)
            .policy(TriggerPolicy.builder().betweenTours(Duration.ZERO).build())
            .build()) {
      view(engine, "s1", "/settings/billing");
      view(engine, "s1", "/");
      engine.replaceRules(RuleSet.of("two.drl", two));
      view(engine, "s1", "/settings/billing");
      assertThat(decisions).hasSize(1);
      assertThat(decisions.get(0).offer().flowId()).isEqualTo("tour_sooner");
      assertThatThrownBy(() -> engine.replaceRules(RuleSet.of("bad.drl", "rule \"x\" when")))
          .isInstanceOf(InvalidRulesException.class);
      view(engine, "s1", "/");
      view(engine, "s1", "/settings/billing");
      assertThat(decisions).hasSize(2);
    }
  }

  @Test
  void everythingAcceptedIsEvaluatedBeforeCloseReturns() {
    TourEngine engine = engine(BILLING).lanes(1).laneCapacity(10_000).build();
    for (int i = 0; i < 5_000; i++) {
      UiAction action =
          UiAction.builder("pageview")
              .url("https://app.example.com/" + i)
              .start(clock.instant().plusMillis(i))
              .build();
      engine.accept(
          new ActionsEvent("prod", "s" + i % 100, "", "", "", clock.instant(), List.of(action)));
    }
    engine.close();
    assertThat(engine.stats().actions()).isEqualTo(5_000);
    assertThatThrownBy(() -> engine.acceptFrame(new byte[0]))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Keeps what it is given. */
  private static class Collecting implements TriggerSink {

    private final String name;
    private final List<TourTrigger> triggers;

    Collecting(String name, List<TourTrigger> triggers) {
      this.name = name;
      this.triggers = triggers;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      triggers.add(trigger);
      return CompletableFuture.completedStage(new Delivery.Delivered());
    }
  }
}
