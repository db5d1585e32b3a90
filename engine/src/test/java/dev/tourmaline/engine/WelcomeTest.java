package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.effect.RuleEffect;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.user.Pseudonym;
import dev.tourmaline.engine.user.UserAttributes;
import dev.tourmaline.engine.user.UserMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a tour is welcome, from the rule's text to the last check before delivery. */
class WelcomeTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Recorded heard = new Recorded();
  private final Holding sink = new Holding();
  private final List<TourEngine> engines = new ArrayList<>();
  private TriggerPolicy policy = TriggerPolicy.defaults();
  private UserAttributes attributes = user -> CompletableFuture.completedFuture(Map.of());

  /** A sink that holds every trigger until the test lets it ask whether it is still welcome. */
  private static final class Holding implements TriggerSink {
    private final List<TourTrigger> triggers = new CopyOnWriteArrayList<>();
    private final List<PreDeliveryCheck> checks = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "holding";
    }

    @Override
    public boolean givesFeedback() {
      return true;
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      triggers.add(trigger);
      checks.add(check);
      return CompletableFuture.completedStage(new Delivery.Delivered());
    }
  }

  private TourEngine engine(String head) {
    TourEngine engine =
        heard.engine(rule(head)).policy(policy).attributes(attributes).sink(sink).build();
    engines.add(engine);
    return engine;
  }

  private static String rule(String head) {
    return """
        rule "Billing" @flow("tour_billing") %s
        when $a : Action( pageview, path == "/billing" ) then tours.offer($a, "billing"); end
        """
        .formatted(head);
  }

  @AfterEach
  void close() {
    engines.forEach(TourEngine::close);
  }

  private void view(TourEngine engine, String path, Duration late) {
    act(engine, "s1", "u1", "pageview", path, late);
  }

  private void act(
      TourEngine engine, String session, String user, String type, String path, Duration late) {
    heard.clock.advance(SECOND);
    Instant now = heard.clock.instant();
    UiAction action =
        UiAction.builder(type)
            .url("https://app.example.com" + path)
            .title(path)
            .start(now.minus(late))
            .build();
    ActionsEvent event =
        ActionsEvent.builder("prod")
            .sessionId(session)
            .userId(user)
            .forwardedAt(now)
            .action(action)
            .build();
    engine.accept(event).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private Object last() {
    Decision last = heard.decisions.get(heard.decisions.size() - 1);
    return last instanceof Decision.Suppressed held ? held.reason() : last.word();
  }

  private Optional<String> objection() {
    Awaitility.await().until(() -> !sink.checks.isEmpty());
    return sink.checks.get(sink.checks.size() - 1).objection().toCompletableFuture().join();
  }

  private void report(TourEngine engine, Outcome outcome) {
    Awaitility.await().until(() -> !sink.triggers.isEmpty());
    TourTrigger trigger = sink.triggers.get(sink.triggers.size() - 1);
    TourFeedback feedback = new TourFeedback(trigger.id(), trigger.session(), outcome, 0);
    assertThat(engine.feedback(feedback).toCompletableFuture().join()).isTrue();
  }

  @Test
  void aMomentThatComesLateIsStaleAtTheDecision() {
    TourEngine engine = engine("");
    view(engine, "/billing", Duration.ofMinutes(20));
    assertThat(last()).isEqualTo(Reason.STALE);
    view(engine, "/billing?again", Duration.ofSeconds(59));
    assertThat(last()).isEqualTo("admitted");
  }

  @Test
  void aMomentThatHasWaitedIsStaleBeforeDelivery() {
    TourEngine engine = engine("@freshFor(\"90s\")");
    view(engine, "/billing", Duration.ofSeconds(40));
    heard.clock.advance(Duration.ofSeconds(50));
    assertThat(objection()).isEmpty();
    heard.clock.advance(SECOND);
    assertThat(objection()).hasValueSatisfying(why -> assertThat(why).contains("91 s old"));
  }

  @Test
  void whoHasGoneOnGetsNoTourOfThePageBefore() {
    TourEngine engine = engine("");
    view(engine, "/billing", Duration.ZERO);
    view(engine, "/team", Duration.ZERO);
    assertThat(objection()).hasValueSatisfying(why -> assertThat(why).contains("/team"));
    view(engine, "/billing", Duration.ZERO);
    assertThat(objection()).as("he is back").isEmpty();
  }

  @Test
  void whoHasGoneOnWithinTheSameFrameGetsNone() {
    TourEngine engine = engine("");
    heard.clock.advance(SECOND);
    ActionsEvent.Builder frame =
        ActionsEvent.builder("prod").sessionId("s1").forwardedAt(heard.clock.instant());
    for (String path : List.of("/billing", "/team")) {
      frame.action(
          UiAction.builder("pageview")
              .url("https://app.example.com" + path)
              .start(heard.clock.instant())
              .build());
    }
    engine.accept(frame.build()).toCompletableFuture().join();
    assertThat(last()).isEqualTo(Reason.ELSEWHERE);
  }

  @Test
  void aTourForAnywhereFollowsTheVisitor() {
    TourEngine engine = engine("@showOn(\"anywhere\")");
    view(engine, "/billing", Duration.ZERO);
    view(engine, "/team", Duration.ZERO);
    assertThat(objection()).isEmpty();
  }

  @Test
  void anExceptionIsAskedAtTheDecisionAndAgainBeforeDelivery() {
    TourEngine engine = engine("@unless( submittedWithin(\"/billing\", \"10m\") )");
    view(engine, "/billing", Duration.ZERO);
    assertThat(objection()).isEmpty();
    act(engine, "s1", "u1", "submit", "/billing", Duration.ZERO);
    assertThat(objection())
        .hasValueSatisfying(why -> assertThat(why).contains("its exception holds"));
    act(engine, "s2", "u2", "submit", "/billing", Duration.ZERO);
    act(engine, "s2", "u2", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo(Reason.UNLESS);
  }

  @Test
  void aSwitchHoldsDecisionsAndWhatWaitsToBeDelivered() {
    TourEngine engine = engine("");
    view(engine, "/billing", Duration.ZERO);
    assertThat(objection()).isEmpty();
    turn(engine, false);
    assertThat(objection())
        .hasValueSatisfying(why -> assertThat(why).contains("flow \"tour_billing\"", "ann"));
    act(engine, "s2", "u2", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo(Reason.SWITCHED_OFF);
    turn(engine, true);
    act(engine, "s3", "u3", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo("admitted");
  }

  private void turn(TourEngine engine, boolean on) {
    engine.turn(
        new Switch(
            Switch.Scope.FLOW, "prod", "tour_billing", on, "ann", "", heard.clock.instant()));
  }

  @Test
  void whoWantsNoToursGetsNoneInAnySession() {
    TourEngine engine = engine("");
    view(engine, "/billing", Duration.ZERO);
    engine.wantsTours(new SessionKey("prod", "s1"), "", false).toCompletableFuture().join();
    assertThat(objection()).isPresent();
    ManualTrigger forced =
        new ManualTrigger(new SessionKey("prod", "s3"), "u1", "tour_other", "", true);
    assertThat(engine.trigger(forced).toCompletableFuture().join().word())
        .as("not even a forced one")
        .isEqualTo("suppressed");
    act(engine, "s2", "u1", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo(Reason.OPTED_OUT);
  }

  @Test
  void nothingIsKeptOfWhoHasObjected() {
    TourEngine engine = engine("");
    engine.object("prod", "u1", true).toCompletableFuture().join();
    view(engine, "/billing", Duration.ZERO);
    act(engine, "s1", "", "pageview", "/billing", Duration.ZERO);
    assertThat(heard.decisions).isEmpty();
    assertThat(engine.stats().objected()).isEqualTo(2);
    assertThat(engine.stats().awake()).isZero();
    engine.object("prod", "u1", false).toCompletableFuture().join();
    view(engine, "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo("admitted");
  }

  @Test
  void anAudienceMatchesOnlyWhoIsKnownToBelong() {
    attributes =
        user ->
            CompletableFuture.completedFuture(
                user.id().equals("u1") ? Map.of("plan", "pro") : Map.of());
    TourEngine engine = engine("@audience( User.attribute(\"plan\") == \"pro\" )");
    act(engine, "s2", "u2", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo(Reason.AUDIENCE);
    view(engine, "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo("admitted");
    engine.claim(new SessionKey("prod", "s1"), "u1", Map.of("plan", "free"));
    assertThat(objection())
        .as("the token comes first")
        .hasValueSatisfying(why -> assertThat(why).contains("audience"));
  }

  @Test
  void attributesThatNeverComeHoldTheTourBack() {
    attributes = user -> new CompletableFuture<>();
    TourEngine engine = engine("@audience( User.attribute(\"plan\") == \"pro\" )");
    engine.claim(new SessionKey("prod", "s1"), "", Map.of("plan", "pro"));
    view(engine, "/billing", Duration.ZERO);
    assertThat(last()).as("the token says enough").isEqualTo("admitted");
    act(engine, "s2", "u2", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo(Reason.AUDIENCE);
    assertThat(objection()).as("it answers in time").isEmpty();
  }

  @Test
  void inShadowNothingLeavesAndTheDecisionSaysWhatWould() {
    TourEngine engine = engine("@mode(\"shadow\")");
    view(engine, "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo("shadow");
    assertThat(sink.triggers).isEmpty();
  }

  @Test
  void aRuleInShadowHoldsNoOtherBack() {
    TourEngine engine =
        heard
            .engine(
                rule("@priority(90) @mode(\"shadow\")"),
                rule("").replace("\"Billing\"", "\"Other\"").replace("tour_billing", "tour_other"))
            .sink(sink)
            .build();
    engines.add(engine);
    view(engine, "/billing", Duration.ZERO);
    assertThat(heard.decisions).extracting(Decision::word).containsExactly("shadow", "admitted");
  }

  @Test
  void aRuleWhoseToursAreClosedAtOnceGoesIntoShadowUntilItIsSwitchedOn() {
    TourEngine engine = engine("@guard(\"20%\")");
    for (int i = 0; i < 60 && !last("shadow"); i++) {
      int before = sink.triggers.size();
      act(engine, "s" + i, "u" + i, "pageview", "/billing", Duration.ZERO);
      if (!last("shadow")) {
        Awaitility.await().until(() -> sink.triggers.size() > before);
        report(engine, Outcome.SHOWN);
        report(engine, Outcome.DISMISSED);
      }
    }
    assertThat(last()).isEqualTo("shadow");
    assertThat(engine.stats().guarded()).isEqualTo(1);
    engine.turn(
        new Switch(Switch.Scope.RULE, "prod", "Billing", true, "ann", "", heard.clock.instant()));
    act(engine, "new", "new", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo("admitted");
  }

  private boolean last(String word) {
    return !heard.decisions.isEmpty() && last().equals(word);
  }

  @Test
  void admittedAndHeldOutUsersAreComparedByTheGoalThatTheyReach() {
    policy = TriggerPolicy.builder().build();
    TourEngine engine = engine("@holdout(\"50%\") @goal(\"submit /billing\", within \"1h\")");
    for (int i = 0; i < 40; i++) {
      act(engine, "s" + i, "u" + i, "pageview", "/billing", Duration.ZERO);
      act(engine, "s" + i, "u" + i, "submit", "/billing", Duration.ZERO);
    }
    heard.clock.advance(Duration.ofHours(2));
    Awaitility.await()
        .untilAsserted(
            () -> {
              RuleEffect effect = engine.effects().rules().get(0);
              assertThat(effect.treated().users() + effect.heldOut().users()).isEqualTo(40);
              assertThat(effect.heldOut().users()).isBetween(8L, 32L);
              assertThat(effect.treated().successes()).isEqualTo(effect.treated().users());
            });
    assertThat(heard.decisions).extracting(Decision::word).contains("held_out", "admitted");
  }

  @Test
  void aFollowUpComesAtOnceAfterACompletedTourAndNeverMakesAChain() {
    policy = TriggerPolicy.builder().perUserPerDay(9).perUserPerWeek(9).build();
    String follow =
        """
        rule "Next" @flow("tour_next") @followUp
        when $o : TourOutcome( completed, flowId == "tour_billing" )
        then tours.offer($o, "next"); end
        rule "After next" @flow("tour_last") @followUp
        when $o : TourOutcome( completed, flowId == "tour_next" )
        then tours.offer($o, "last"); end
        """;
    TourEngine engine = heard.engine(rule(""), follow).policy(policy).sink(sink).build();
    engines.add(engine);
    view(engine, "/billing", Duration.ZERO);
    report(engine, Outcome.SHOWN);
    heard.clock.advance(Duration.ofSeconds(20));
    report(engine, Outcome.COMPLETED);
    assertThat(last()).isEqualTo("admitted");
    Awaitility.await().until(() -> sink.triggers.size() == 2);
    report(engine, Outcome.SHOWN);
    heard.clock.advance(Duration.ofSeconds(20));
    report(engine, Outcome.COMPLETED);
    assertThat(last()).isEqualTo(Reason.BETWEEN_TOURS);
  }

  @Test
  void afterADismissalAFollowUpIsAnInvitation() {
    policy = TriggerPolicy.builder().perUserPerDay(9).build();
    String follow =
        """
        rule "Instead" @flow("tour_other") @followUp
        when $o : TourOutcome( dismissed ) then tours.offer($o, "instead"); end
        """;
    TourEngine engine = heard.engine(rule(""), follow).policy(policy).sink(sink).build();
    engines.add(engine);
    view(engine, "/billing", Duration.ZERO);
    report(engine, Outcome.SHOWN);
    heard.clock.advance(Duration.ofSeconds(20));
    report(engine, Outcome.DISMISSED);
    Awaitility.await().until(() -> sink.triggers.size() == 2);
    assertThat(sink.triggers.get(1).invite()).isTrue();
    assertThat(sink.triggers.get(0).invite()).isFalse();
  }

  @Test
  void whileTheMemoryOfUsersIsAwayNothingIsShownAndTheRestGoesOn() {
    AtomicBoolean away = new AtomicBoolean(true);
    UserMemory memory =
        new UserMemory() {
          private final Map<Pseudonym, byte[]> records = new ConcurrentHashMap<>();

          @Override
          public Optional<byte[]> read(Pseudonym user) {
            if (away.get()) {
              throw new IllegalStateException("the store is away");
            }
            return Optional.ofNullable(records.get(user));
          }

          @Override
          public void write(Pseudonym user, byte[] record) {
            records.put(user, record);
          }

          @Override
          public void delete(Pseudonym user) {
            records.remove(user);
          }
        };
    TourEngine engine = heard.engine(rule("")).userMemory(memory).sink(sink).build();
    engines.add(engine);
    act(engine, "s1", "u1", "pageview", "/billing", Duration.ZERO);
    assertThat(heard.decisions).isEmpty();
    away.set(false);
    act(engine, "s2", "u2", "pageview", "/billing", Duration.ZERO);
    assertThat(last()).isEqualTo("admitted");
    Awaitility.await().until(() -> !sink.checks.isEmpty());
    away.set(true);
    assertThat(objection()).hasValueSatisfying(why -> assertThat(why).contains("away"));
  }

  @Test
  void whatWasDecidedIsNeverDecidedAgain() {
    TourEngine engine = engine("");
    heard.clock.advance(SECOND);
    Instant then = heard.clock.instant();
    ActionsEvent once =
        ActionsEvent.builder("prod")
            .sessionId("s1")
            .userId("u1")
            .forwardedAt(then)
            .action(
                UiAction.builder("pageview")
                    .url("https://app.example.com/billing")
                    .start(then)
                    .build())
            .build();
    engine.accept(once).toCompletableFuture().join();
    assertThat(last()).isEqualTo("admitted");
    engine.object("prod", "u1", true).toCompletableFuture().join();
    engine.object("prod", "u1", false).toCompletableFuture().join();
    engine.accept(once).toCompletableFuture().join();
    assertThat(last()).as("the session and its memory are gone").isEqualTo(Reason.ALREADY_DECIDED);
  }
}
