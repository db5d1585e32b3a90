package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.EvaluationFence;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.fact.RuleBudget;
import dev.tourmaline.engine.internal.policy.KnownAttributes;
import dev.tourmaline.engine.internal.policy.Objectors;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.internal.policy.SwitchBoard;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.listener.EngineHealth;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.user.UserKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The concurrent runtime: intake, lanes around synchronous cores, decider, publisher, and their
 * lifecycle. Routes each call to the lane that owns the session; the methods are those of the
 * engine's public interface, which describes them. Thread-safe.
 */
public class EngineRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private static final long WATCH_SECONDS = 5;

  private final LiveSettings settings;
  private final EventDecoder decoder = EventDecoder.create();
  private final Listeners listeners;
  private final ThrottledLog log;
  private final Counters counters = new Counters();
  private final Intake intake;
  private final Objectors objectors;
  private final SwitchBoard switches;
  private final KnownAttributes attributes;
  private final PolicyMemory policy;
  private final Lanes lanes;
  private final RuleMigration migration;
  private final RuleWatch watch;
  private final Decider decider;
  private final Lifecycle lifecycle;

  /** Assembles a runtime, not started yet. */
  protected EngineRuntime(LiveSettings settings, RuleProgram rules) {
    this.settings = settings;
    InstantSource clock = settings.clock();
    this.listeners = new Listeners(settings.listeners(), clock);
    this.log = new ThrottledLog(LOG, clock);
    this.intake = new Intake(counters, this::rejected);
    UncaughtFaults faults = new UncaughtFaults(listeners, clock);
    Scheduler scheduler = new Scheduler(faults);
    this.objectors = new Objectors(settings.policy().objections());
    this.switches = new SwitchBoard(settings.policy().switches());
    this.attributes = new KnownAttributes(settings.policy().attributes());
    RuleGuards guards = new RuleGuards();
    this.policy =
        new PolicyMemory(
            new PolicyMemory.Parts(
                settings.policy().policy(),
                settings.policy().memory(),
                switches,
                attributes,
                objectors,
                guards::why));
    PolicyCheck.Sources checks =
        new PolicyCheck.Sources(policy, attributes, this::surroundingsOf, scheduler, clock);
    Publisher publisher =
        new Publisher(settings.sinks(), settings.ledger(), listeners, checks, faults);
    this.watch =
        new RuleWatch(
            policy,
            settings.policy().policy().holdout(),
            guards,
            rules,
            listeners,
            counters,
            clock);
    this.decider =
        new Decider(policy, settings.ledger(), listeners, publisher, watch, counters, clock);
    scheduler.scheduleWithFixedDelay(
        watch::advance, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    SourceOutages outages = new SourceOutages(clock, listeners, counters);
    this.lanes = lanes(rules, outages, faults);
    this.migration = new RuleMigration(lanes, rules);
    LaneReplacement replacement =
        new LaneReplacement(settings.lanes(), counters, this::ruleFailed, listeners);
    Watchdog watchdog =
        new Watchdog(
            lanes.all(),
            settings.ruleBudget(),
            replacement,
            this::ruleFailed,
            // A scheduler's thread that an Error has ended starts again.
            scheduler::prestartCoreThread,
            faults);
    this.lifecycle = new Lifecycle(settings.sources(), outages, lanes, watchdog, publisher, faults);
  }

  private Lanes lanes(RuleProgram rules, SourceOutages outages, UncaughtFaults faults) {
    CoreParts parts =
        CoreParts.of(outages::of, settings.limits(), settings.lanes(), false).with(objectors);
    List<Lane> each =
        IntStream.range(0, settings.lanes())
            .mapToObj(
                i ->
                    new Lane(
                        i,
                        settings.laneCapacity(),
                        new SessionCore(parts, evaluator(rules), decider),
                        settings.clock(),
                        new LostEvents(outages::of, counters, settings.clock()),
                        faults))
            .toList();
    return new Lanes(each, settings.clock());
  }

  private RuleEvaluator evaluator(RuleProgram rules) {
    // Its time is what the watchdog says: a clock would count a pause of the process too.
    RuleBudget budget = new RuleBudget(settings.ruleBudget(), () -> 0);
    return new RuleEvaluator(
        rules,
        true,
        settings.limits().historySize(),
        this::ruleFailed,
        new EvaluationFence(budget));
  }

  private void rejected(DecodeResult.Rejected rejected) {
    log.warn(
        rejected.reason().name(),
        "rejected a frame or an action, {}: {}",
        rejected.reason(),
        rejected.detail());
    listeners.tell(listener -> listener.rejected(rejected));
  }

  private void ruleFailed(RuleFailure failure) {
    counters.count(Of.RULE_FAILURES);
    log.error(
        failure.rule(),
        "{} failed in session {} ({}): {}{}",
        failure.rule().isEmpty() ? "the evaluation" : "rule \"" + failure.rule() + "\"",
        failure.session(),
        failure.kind(),
        failure.detail(),
        failure.quarantined() ? "; it is switched off now" : "");
    listeners.tell(listener -> listener.ruleFailed(failure));
  }

  /** Starts the threads, then the sources. */
  public void start() {
    lifecycle.start(source -> new SourceFrames(source, decoder, intake, this::accept));
  }

  public CompletionStage<Void> acceptFrame(byte[] utf8) {
    lifecycle.requireOpen();
    Optional<StreamEvent> event = decode(utf8);
    return event.isPresent() ? lanes.put(event.get()) : DONE;
  }

  public Optional<CompletionStage<Void>> tryAcceptFrame(byte[] utf8) {
    lifecycle.requireOpen();
    Optional<StreamEvent> event = decode(utf8);
    return event.isPresent() ? lanes.tryPut(event.get()) : Optional.of(DONE);
  }

  private Optional<StreamEvent> decode(byte[] utf8) {
    DecodeResult result = decoder.decode(utf8);
    intake.count(result);
    return result instanceof DecodeResult.Decoded decoded
        ? Optional.of(decoded.event())
        : Optional.empty();
  }

  public CompletionStage<Void> accept(StreamEvent event) {
    lifecycle.requireOpen();
    return lanes.put(event);
  }

  public Optional<CompletionStage<Void>> tryAccept(StreamEvent event) {
    lifecycle.requireOpen();
    return lanes.tryPut(event);
  }

  public CompletionStage<Decision> trigger(ManualTrigger request) {
    lifecycle.requireOpen();
    SessionKey session = request.session();
    return lanes.ask(session, (core, now) -> decider.judge(request, core.userOf(session)));
  }

  public CompletionStage<Boolean> feedback(TourFeedback feedback) {
    lifecycle.requireOpen();
    return lanes.ask(feedback.session(), (core, now) -> decider.take(feedback, core, now));
  }

  public CompletionStage<Boolean> feedback(ProviderReport report) {
    lifecycle.requireOpen();
    SessionKey session = decider.sessionOf(report);
    return lanes.ask(session, (core, now) -> decider.take(report, session, core, now));
  }

  public void vouch(SessionKey session, String userId) {
    policy.vouch(session, userId);
  }

  public void claim(SessionKey session, String userId, Map<String, Object> claimed) {
    attributes.claim(
        userId.isEmpty() ? UserKey.ofSession(session) : UserKey.ofUser(session.productId(), userId),
        claimed);
  }

  public CompletionStage<Void> wantsTours(SessionKey session, String userId, boolean wanted) {
    lifecycle.requireOpen();
    return lanes.askSoon(
        session,
        (core, now) -> {
          String user = userId.isEmpty() ? core.userOf(session) : userId;
          policy.wantsTours(session, user, wanted);
          return LaneTask.nothing();
        });
  }

  public CompletionStage<Void> object(String productId, String userId, boolean objects) {
    lifecycle.requireOpen();
    objectors.set(productId, userId, objects);
    if (!objects) {
      return DONE;
    }
    policy.forget(productId, userId);
    attributes.forget(UserKey.ofUser(productId, userId));
    return CompletableFuture.allOf(
        lanes
            .askAll(
                (core, now) -> {
                  core.dropSessionsOf(productId, userId);
                  return LaneTask.nothing();
                })
            .toArray(CompletableFuture[]::new));
  }

  public void turn(Switch set) {
    switches.set(set);
    if (set.on() && set.scope() == Switch.Scope.RULE) {
      watch.reset(set.name());
    }
    LOG.warn(
        "{} is switched {} by {}{}",
        OneLine.of(set.subject()),
        set.on() ? "on" : "off",
        OneLine.of(set.actor()),
        set.reason().isEmpty() ? "" : ": " + OneLine.of(set.reason()));
  }

  public List<Switch> switches() {
    return switches.all();
  }

  private CompletionStage<Surroundings> surroundingsOf(TourTrigger trigger) {
    return lanes.askSoon(
        trigger.session(), (core, now) -> core.surroundingsOf(trigger.offer(), now));
  }

  /** Replaces the rules in all lanes or none. Sessions migrate lane by lane. */
  protected void moveTo(RuleProgram rules) {
    lifecycle.requireOpen();
    migration.moveTo(rules);
    watch.define(rules);
    LOG.info("{} rules are in force now", rules.rules().size());
  }

  public EffectReport effects() {
    return watch.effects();
  }

  public EngineStats stats() {
    return Counters.snapshot(counters, lanes.cores());
  }

  public EngineHealth health() {
    return new EngineHealth(
        lifecycle.deadThreads(),
        lanes.stuck(),
        Math.toIntExact(counters.get(Of.LOST_THREADS)),
        settings.lanes());
  }

  public TriggerLedger ledger() {
    return settings.ledger();
  }

  public CloseReport close(Duration timeout) {
    return lifecycle.close(timeout);
  }
}
