package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.live.LiveSettings;
import dev.tourmaline.engine.internal.live.PolicySettings;
import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveEngineTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private static final String UNDECIDED =
      """
      rule "Undecided" @flow("tour_pricing")
      when
          $a : Action( pageview, path == "/pricing", !submittedWithin("10m") )
      then
          tours.offer($a, "nothing submitted within ten minutes");
      end
      """;

  private static final String GATE =
      """
      rule "Stands before the gate" @flow("tour_gate")
      when
          $a : Action( pageview )
      then
          dev.tourmaline.engine.RuleLatch.pass();
          tours.offer($a, "through");
      end
      """;

  private final MutableClock clock = new MutableClock(T0);
  private final Wire wire = new Wire();
  private final List<Decision> decisions = new CopyOnWriteArrayList<>();
  private final List<RuleFailure> failures = new CopyOnWriteArrayList<>();
  private final List<SourceState> states = new CopyOnWriteArrayList<>();

  private TourEngine start(String drl, Duration budget) {
    LiveEngine engine = engine(drl, budget);
    engine.start();
    return engine;
  }

  private LiveEngine engine(String drl, Duration budget) {
    EngineListener listener =
        new EngineListener() {
          @Override
          public void decided(Decision decision) {
            decisions.add(decision);
          }

          @Override
          public void ruleFailed(RuleFailure failure) {
            failures.add(failure);
          }

          @Override
          public void sourceStateChanged(EventSource source, SourceState state) {
            states.add(state);
          }
        };
    LiveSettings settings =
        new LiveSettings(
            List.of(wire),
            List.of(new Idle()),
            List.of(listener),
            PolicySettings.of(TriggerPolicy.defaults()),
            SessionLimits.defaults(),
            new InMemoryLedger(),
            clock,
            1,
            1,
            budget);
    RuleBase rules = RuleBase.compile(RuleSet.of("test.drl", drl));
    return new LiveEngine(settings, rules, Optional.empty());
  }

  @AfterEach
  void open() {
    RuleLatch.open();
  }

  @Test
  void whatHappenedWhileTheStreamWasLostIsNotAbsent() {
    try (TourEngine engine = start(UNDECIDED, Duration.ofMinutes(1))) {
      wire.enter(new SourceState.Connecting(1));
      wire.enter(new SourceState.Open());
      done(engine.accept(view("s1")));
      assertThat(decisions).hasSize(1);

      wire.enter(new SourceState.Lost("the server ended the stream", Duration.ofSeconds(1)));
      clock.advance(Duration.ofSeconds(20));
      wire.enter(new SourceState.Open());
      clock.advance(Duration.ofSeconds(20));
      done(engine.accept(view("s2")));
      assertThat(decisions).hasSize(1);

      clock.advance(Duration.ofMinutes(11));
      done(engine.accept(view("s3")));
      assertThat(decisions).hasSize(2);
      assertThat(engine.stats().coverageGaps()).isOne();
    }
    assertThat(states)
        .hasSize(4)
        .hasExactlyElementsOfTypes(
            SourceState.Connecting.class,
            SourceState.Open.class,
            SourceState.Lost.class,
            SourceState.Open.class);
  }

  @Test
  void aStreamThatWasSilentWasBlindSinceItsLastByte() {
    try (TourEngine engine = start(UNDECIDED, Duration.ofMinutes(1))) {
      wire.enter(new SourceState.Open());
      clock.advance(Duration.ofMinutes(20));
      wire.enter(
          new SourceState.Lost("no byte for 75 s", Duration.ofSeconds(1), Duration.ofSeconds(75)));
      clock.advance(Duration.ofSeconds(1));
      wire.enter(new SourceState.Open());
      // A minute before the loss was noticed: within the silence.
      done(engine.accept(view("s1", clock.instant().minusSeconds(60))));
      assertThat(decisions).isEmpty();
    }
  }

  @Test
  void aStreamThatHasEndedForGoodStaysBlind() {
    try (TourEngine engine = start(UNDECIDED, Duration.ofMinutes(1))) {
      wire.enter(new SourceState.Fatal("401", "Check the token."));
      clock.advance(Duration.ofHours(1));
      done(engine.accept(view("s1")));
    }
    assertThat(decisions).isEmpty();
  }

  @Test
  void aRuleThatKeepsItsLaneIsNamedWithItsSession() {
    RuleLatch.shut();
    try (TourEngine engine = start(GATE, Duration.ofMillis(50))) {
      CompletionStage<Void> held = engine.accept(view("s1"));
      Awaitility.await().until(() -> !failures.isEmpty());
      assertThat(held).failsWithin(Duration.ofSeconds(10));
      RuleLatch.open();
    }
    assertThat(failures)
        .first()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(RuleFailure.Kind.BLOCKED);
              assertThat(failure.rule()).isEqualTo("Stands before the gate");
              assertThat(failure.session()).isEqualTo(new SessionKey("prod", "s1"));
            });
    assertThat(decisions).as("its thread was given up").isEmpty();
  }

  @Test
  void aBlockingConditionIsNamedThoughAnotherRuleHasJustFired() {
    RuleLatch.shut();
    String rules =
        """
        rule "Fires first" @flow("tour_first") salience 10
        when $a : Action( pageview ) then tours.offer($a, "first"); end

        rule "Asks at the gate" @flow("tour_gate")
        when
          $a : Action( pageview )
          Action( this == $a, dev.tourmaline.engine.RuleLatch.lets($a.getType()) )
        then tours.offer($a, "through"); end
        """;
    try (TourEngine engine = start(rules, Duration.ofMillis(50))) {
      CompletionStage<Void> held = engine.accept(view("s1"));
      Awaitility.await().until(() -> !failures.isEmpty());
      assertThat(held).failsWithin(Duration.ofSeconds(10));
      RuleLatch.open();
    }
    assertThat(failures).first().extracting(RuleFailure::rule).isEqualTo("Asks at the gate");
  }

  @Test
  void aFullLaneRejectsTryAcceptAndBlocksAccept() throws Exception {
    RuleLatch.shut();
    TourEngine engine = start(GATE, Duration.ofMinutes(1));
    engine.accept(view("s1"));
    RuleLatch.awaitSomebody();
    assertThat(engine.tryAccept(view("s2"))).isPresent();
    assertThat(engine.tryAccept(view("s3"))).isEmpty();

    CompletableFuture<Void> insisting =
        CompletableFuture.runAsync(() -> done(engine.accept(view("s4"))));
    assertThat(insisting).isNotDone();
    RuleLatch.open();
    insisting.get(10, TimeUnit.SECONDS);
    engine.close();

    assertThat(decisions)
        .extracting(decision -> decision.offer().session().sessionId())
        .containsExactlyInAnyOrder("s1", "s2", "s4");
  }

  @Test
  void threadsThatDoNotRunAreNamedWhileTheEngineIsOpen() {
    LiveEngine engine = engine(UNDECIDED, Duration.ofMinutes(1));
    assertThat(engine.health().dead())
        .containsExactly("tourmaline-lane-0", "tourmaline-sink-idle", "tourmaline-watchdog");
    engine.start();
    assertThat(engine.health().dead()).isEmpty();
    engine.close();
    assertThat(engine.health().dead()).as("ended on purpose").isEmpty();
  }

  private StreamEvent view(String session) {
    return view(session, clock.instant());
  }

  private StreamEvent view(String session, Instant at) {
    UiAction action =
        UiAction.builder("pageview").url("https://app.example.com/pricing").start(at).build();
    return new ActionsEvent("prod", session, "u_" + session, "", "", at, List.of(action));
  }

  private static void done(CompletionStage<Void> stage) {
    stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** A sink that takes what it is given. */
  private record Idle() implements TriggerSink {

    @Override
    public String name() {
      return "idle";
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      return CompletableFuture.completedStage(new Delivery.Delivered());
    }
  }

  /** A source that says what it is told to say. */
  private static final class Wire implements EventSource {

    private volatile SourceListener listener;

    void enter(SourceState state) {
      listener.stateChanged(this, state);
    }

    @Override
    public String name() {
      return "wire";
    }

    @Override
    public String productId() {
      return "prod";
    }

    @Override
    public void start(FrameReceiver frames, SourceListener told) {
      listener = told;
    }

    @Override
    public void close() {}
  }
}
