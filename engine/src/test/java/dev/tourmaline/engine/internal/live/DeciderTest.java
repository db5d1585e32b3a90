package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.MutableClock;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** What follows a decision, a browser's report, and what other systems start. */
class DeciderTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey SESSION = new SessionKey("prod", "s1");
  private static final SessionKey OTHER = new SessionKey("prod", "s2");

  private final MutableClock clock = new MutableClock(T0);
  private final PolicyMemory policy =
      new PolicyMemory(
          TriggerPolicy.builder()
              .betweenTours(Duration.ZERO)
              .perUserPerDay(1_000)
              .perUserPerWeek(1_000)
              .build());
  private final InMemoryLedger ledger = new InMemoryLedger();
  private final List<String> told = new ArrayList<>();
  private final Counters counters = new Counters();
  private final Decider decider = decider();

  /** Publishes to a browser whose thread has not been started: nothing is delivered. */
  private Decider decider() {
    TriggerSink browser =
        new TriggerSink() {
          @Override
          public String name() {
            return "browser";
          }

          @Override
          public Optional<Duration> timeToLive() {
            return Optional.of(Duration.ofSeconds(30));
          }

          @Override
          public boolean accepts(TourTrigger.Origin origin) {
            return true;
          }

          @Override
          public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
            return CompletableFuture.completedStage(new Delivery.Delivered());
          }
        };
    EngineListener listener =
        new EngineListener() {
          @Override
          public void decided(Decision decision) {
            told.add("decided " + decision.offer().flowId());
          }

          @Override
          public void inboundTrigger(TriggerEvent event) {
            told.add("inbound " + event.flowId());
          }

          @Override
          public void feedback(TourFeedback feedback) {
            told.add("feedback " + feedback.outcome());
          }
        };
    Listeners listeners = new Listeners(List.of(listener), clock);
    UncaughtFaults faults = new UncaughtFaults(listeners, clock);
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    SinkWorkers sinks = new SinkWorkers(List.of(browser), clock, timer, faults);
    Publisher publisher = new Publisher(sinks, ledger, listeners, Checks.of(policy, timer, clock));
    RuleProgram rules =
        new RuleProgram(((Compilation.Compiled) RuleCompiler.compile(RuleSet.empty())).rules());
    RuleWatch watch = new RuleWatch(policy, 0, new RuleGuards(), rules, listeners, counters, clock);
    return new Decider(policy, ledger, listeners, publisher, watch, counters, clock);
  }

  private Decision manual(String user, String knownUser, String flow, boolean force) {
    return decider.judge(new ManualTrigger(SESSION, user, flow, "asked", force), knownUser);
  }

  private Decision recorded(SessionKey session) {
    List<RecordedDecision> decisions = ledger.decisions(session);
    return decisions.get(decisions.size() - 1).decision();
  }

  private boolean runs(SessionKey session, String user) {
    Offer offer = Offer.withoutRule("probe" + session, session, user, "probe", "", T0);
    return policy.objection(TourTrigger.ofRule(offer, T0), Surroundings.unknown(), T0).isPresent();
  }

  @Test
  void whatARuleOffersIsCountedRecordedAndTold() {
    Offer offer = new Offer("id", SESSION, "jane", "rule", "f", 50, 0, "", T0);
    Offer worse = new Offer("id2", SESSION, "jane", "rule", "g", 40, 0, "", T0);
    decider.evaluated(
        new Evaluation(T0.toEpochMilli(), false, List.of(offer, worse), Surroundings.unknown()));

    assertThat(told).containsExactly("decided f", "decided g");
    assertThat(ledger.decisions(SESSION)).hasSize(2);
    EngineStats stats = Counters.snapshot(counters, List.of());
    assertThat(stats.offersByFlow()).isEqualTo(Map.of("f", 1L, "g", 1L));
    assertThat(stats.triggersByFlow()).isEqualTo(Map.of("f", 1L));
  }

  @Test
  void aServersTriggerIsTheUsersWhomTheLaneKnows() {
    assertThat(manual("ann", "", "f", false).offer().userId()).isEqualTo("ann");
    assertThat(manual("ann", "jane", "f", false)).isInstanceOf(Decision.Admitted.class);
    assertThat(recorded(SESSION).offer().userId()).isEqualTo("jane");
    assertThat(manual("ann", "jane", "f", false)).isInstanceOf(Decision.Suppressed.class);
    assertThat(manual("ann", "jane", "f", true)).isInstanceOf(Decision.Admitted.class);
    assertThat(Counters.snapshot(counters, List.of()).offersByFlow()).isEqualTo(Map.of("f", 4L));
  }

  @Test
  void aTourOfAnotherSystemRunsAndItsReportsAreTaken() {
    decider.inbound(new TriggerEvent("prod", "s1", "ann", "f", ""), SESSION, "jane");

    assertThat(told).containsExactly("inbound f");
    assertThat(runs(SESSION, "jane")).isTrue();
    assertThat(runs(SESSION, "ann")).isFalse();
    TourFeedback dismissed =
        new TourFeedback(recorded(SESSION).offer().id(), SESSION, Outcome.DISMISSED, 0);
    assertThat(decider.take(dismissed, core(), T0.toEpochMilli())).isTrue();
    assertThat(runs(SESSION, "jane")).as("it is over").isFalse();

    decider.inbound(new TriggerEvent("prod", "s2", "ann", "f", ""), OTHER, "");
    assertThat(runs(OTHER, "ann")).as("where the lane knows no user").isTrue();
  }

  @Test
  void aReportReachesThePolicyTheListenersAndTheRules() {
    String id = manual("", "jane", "f", false).offer().id();
    told.clear();
    SessionCore core = core();
    TourFeedback shown = new TourFeedback(id, SESSION, Outcome.SHOWN, 0);

    assertThat(decider.take(new TourFeedback("x", SESSION, Outcome.SHOWN, 0), core, 1)).isFalse();
    assertThat(decider.take(new TourFeedback(id, OTHER, Outcome.SHOWN, 0), core, 1)).isFalse();
    assertThat(told).isEmpty();
    assertThat(runs(SESSION, "jane")).isFalse();

    assertThat(decider.take(shown, core, T0.toEpochMilli())).isTrue();
    assertThat(told).containsExactly("feedback SHOWN", "decided after");
    assertThat(runs(SESSION, "jane")).isTrue();
  }

  @Test
  void aSessionThatGoesFromOneUserToAnotherIsDisputed() {
    manual("", "", "f", false);

    decider.userKnown(SESSION, "ann", "", T0.toEpochMilli());
    assertThat(policy.isDisputed(SESSION, T0)).isFalse();
    assertThat(manual("ann", "", "f", false)).as("was his").isInstanceOf(Decision.Suppressed.class);
    decider.userKnown(SESSION, "jane", "ann", T0.toEpochMilli());
    assertThat(policy.isDisputed(SESSION, T0)).isTrue();
  }

  @Test
  void aTourThatAppearsAfterItWasGivenUpIsSeenAllTheSame() {
    String id = manual("", "jane", "f", false).offer().id();
    SessionCore core = core();
    told.clear();
    for (Outcome outcome :
        List.of(
            Outcome.FAILED, Outcome.SHOWN, Outcome.SHOWN, Outcome.DISMISSED, Outcome.COMPLETED)) {
      assertThat(decider.take(new TourFeedback(id, SESSION, outcome, 0), core, 1)).isTrue();
    }
    told.removeIf(line -> line.startsWith("decided"));
    assertThat(told).containsExactly("feedback FAILED", "feedback SHOWN", "feedback DISMISSED");
    assertThat(manual("", "jane", "f", false)).isInstanceOf(Decision.Suppressed.class);
  }

  private static TourFeedback foreign(Outcome outcome, SessionKey session, String name) {
    return new TourFeedback(name, session, outcome, 0, true, "theirs", "");
  }

  @Test
  void aTourThatTheProviderStartsItselfIsCountedOnceAndItsEndIsTaken() {
    SessionCore core = core();
    long now = T0.toEpochMilli();
    assertThat(decider.take(foreign(Outcome.FAILED, SESSION, "a"), core, now)).isFalse();
    assertThat(decider.take(foreign(Outcome.SHOWN, SESSION, "a"), core, now)).isTrue();
    assertThat(decider.take(foreign(Outcome.STEP, SESSION, "a"), core, now)).isTrue();

    assertThat(told)
        .containsExactly(
            "inbound theirs", "feedback SHOWN", "decided after", "feedback STEP", "decided after");
    assertThat(counters.get(Counters.Of.INBOUND)).isEqualTo(1);
    assertThat(runs(SESSION, "")).isTrue();
    assertThat(decider.take(foreign(Outcome.DISMISSED, SESSION, "a"), core, now)).isTrue();
    assertThat(runs(SESSION, "")).isFalse();

    assertThat(decider.take(foreign(Outcome.SHOWN, OTHER, "a"), core, now)).isTrue();
    assertThat(runs(OTHER, "")).as("a tour of that session's own").isTrue();
    assertThat(counters.get(Counters.Of.INBOUND)).isEqualTo(2);
  }

  @Test
  void foreignToursPushNoneOfOursOut() {
    String id = manual("", "jane", "f", false).offer().id();
    SessionCore core = core();
    for (int i = 0; i < 101_000; i++) {
      take(ended("u" + i), core);
    }
    TourFeedback shown = new TourFeedback(id, SESSION, Outcome.SHOWN, 0);
    assertThat(decider.take(shown, core, 1)).isTrue();
  }

  private boolean take(ProviderReport report, SessionCore core) {
    return decider.take(report, decider.sessionOf(report), core, 1);
  }

  @Test
  void aTriggerOfAnotherSessionThatCameMeanwhileIsLeftToItsOwnLane() {
    ProviderReport report = ended("jane");
    SessionKey before = decider.sessionOf(report);
    manual("", "jane", "f", false);
    told.clear();

    assertThat(decider.take(report, before, core(), 1)).isFalse();
    assertThat(told).containsExactly("inbound f");
  }

  private static ProviderReport ended(String user) {
    return new ProviderReport("prod", user, "f", "", Outcome.COMPLETED, 0, true, T0, false);
  }

  private boolean report(String user, String flow, String run, Outcome outcome, Instant at) {
    return take(new ProviderReport("prod", user, flow, run, outcome, 0, true, at, false), core());
  }

  @Test
  void aProvidersOwnTourThatFailedBeforeAnybodySawItCostsNothing() {
    take(new ProviderReport("prod", "jane", "f", "1", Outcome.SHOWN, 0, false, T0, false), core());
    assertThat(manual("", "jane", "f", false)).isInstanceOf(Decision.Suppressed.class);
    report("jane", "f", "1", Outcome.FAILED, T0);

    assertThat(manual("", "jane", "f", false)).isInstanceOf(Decision.Admitted.class);
  }

  @Test
  void aProvidersOwnTourCountsForAVouchedSessionIfItsUserIsProven() {
    policy.vouch(SESSION, "jane");
    report("jane", "claimed", "1", Outcome.COMPLETED, T0);
    take(
        new ProviderReport("prod", "jane", "proven", "2", Outcome.COMPLETED, 0, true, T0, true),
        core());

    assertThat(manual("", "jane", "claimed", false)).isInstanceOf(Decision.Admitted.class);
    assertThat(manual("", "jane", "proven", false)).isInstanceOf(Decision.Suppressed.class);
  }

  @Test
  void aStartThatIsHeardOfAfterItsFailureChangesNothing() {
    manual("", "jane", "f", false);
    told.clear();
    Instant failed = T0.plusSeconds(6);

    assertThat(report("jane", "f", "1", Outcome.FAILED, failed)).isTrue();
    ProviderReport start =
        new ProviderReport("prod", "jane", "f", "1", Outcome.SHOWN, 0, false, T0, false);
    assertThat(take(start, core())).isTrue();

    told.removeIf(line -> line.startsWith("decided"));
    assertThat(told).containsExactly("feedback FAILED");
    assertThat(policy.triggersOf("prod", "jane", "f")).isEmpty();
    assertThat(report("jane", "f", "1", Outcome.SHOWN, failed.plusSeconds(1))).isTrue();
    told.removeIf(line -> line.startsWith("decided"));
    assertThat(told).containsExactly("feedback FAILED", "feedback SHOWN");
  }

  @Test
  void aProvidersReportIsAttributedToTheUsersLastTriggerOfThatFlow() {
    manual("", "jane", "f", false);
    told.clear();

    assertThat(report("ann", "f", "1", Outcome.SHOWN, T0)).isFalse();
    assertThat(report("jane", "g", "2", Outcome.SHOWN, T0)).isFalse();
    assertThat(report("jane", "f", "3", Outcome.SHOWN, T0.minusSeconds(61))).isFalse();
    assertThat(report("jane", "f", "4", Outcome.SHOWN, T0.plusSeconds(331))).isFalse();
    assertThat(told).containsExactly("inbound f", "inbound g", "inbound f", "inbound f");
    told.clear();

    assertThat(report("jane", "f", "5", Outcome.SHOWN, T0.plusSeconds(330))).isTrue();
    assertThat(report("jane", "f", "5", Outcome.SHOWN, T0.plusSeconds(330))).as("again").isTrue();
    assertThat(report("jane", "f", "5", Outcome.STEP, T0.plusSeconds(3_600))).isTrue();
    assertThat(report("jane", "f", "5", Outcome.COMPLETED, T0.plusSeconds(3_600))).isTrue();
    assertThat(report("jane", "f", "5", Outcome.DISMISSED, T0.plusSeconds(3_600))).isTrue();
    told.removeIf(line -> line.startsWith("decided"));
    assertThat(told).containsExactly("feedback SHOWN", "feedback STEP", "feedback COMPLETED");
  }

  @Test
  void aRunThatIsNoneOfOursIsCountedOnceWhateverTheOrderOfItsReports() {
    assertThat(report("jane", "f", "1", Outcome.STEP, T0)).isFalse();
    assertThat(report("jane", "f", "1", Outcome.SHOWN, T0)).isFalse();
    assertThat(report("jane", "f", "1", Outcome.DISMISSED, T0)).isFalse();
    assertThat(report("jane", "f", "1", Outcome.STEP, T0)).isFalse();
    assertThat(told).containsExactly("inbound f");
    assertThat(runs(new SessionKey("prod", "jane"), "jane")).isFalse();
  }

  @Test
  void aProvidersReportFindsASessionWhoseUserBecameKnownLater() {
    manual("", "", "f", false);
    decider.userKnown(SESSION, "jane", "", T0.toEpochMilli());

    assertThat(report("jane", "f", "", Outcome.SHOWN, T0)).isTrue();
    assertThat(runs(SESSION, "jane")).isTrue();
  }

  /** A core with a rule on the reports of tours, which the decider listens to. */
  private SessionCore core() {
    String drl =
        """
        rule "After" @flow("after") when $o : TourOutcome( ) then tours.offer($o, ""); end
        """;
    Compilation compilation = RuleCompiler.compile(RuleSet.of("a.drl", drl));
    RuleProgram program = new RuleProgram(((Compilation.Compiled) compilation).rules());
    CoreParts parts =
        CoreParts.of(product -> new CoverageGaps(), SessionLimits.defaults(), 1, false);
    return new SessionCore(parts, new RuleEvaluator(program, true, 100, failure -> {}), decider);
  }
}
