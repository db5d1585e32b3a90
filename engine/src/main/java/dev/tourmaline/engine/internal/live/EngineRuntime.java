package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.EvaluationFence;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.fact.RuleBudget;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.policy.KnownAttributes;
import dev.tourmaline.engine.internal.policy.Objectors;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.internal.policy.SwitchBoard;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.listener.EngineHealth;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.source.EventLostException;
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
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The concurrent runtime of one product, or of all products of an engine: lanes around synchronous
 * cores, decider, publisher. Routes each call to the lane that owns the session; the methods are
 * those of the engine's public interface, which describes them. Thread-safe.
 */
public class EngineRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private static final long WATCH_SECONDS = 5;

  /** Other ids are not shown in the names of threads: they may be anything. */
  private static final String USUAL_ID = "[A-Za-z0-9_.-]{1,64}";

  private final LiveSettings settings;
  private final SharedStages shared;
  private final boolean sharing;
  private final Listeners listeners;
  private final ThrottledLog log;
  private final Counters counters;
  private final Intake intake;
  private final Objectors objectors;
  private final SwitchBoard switches;
  private final KnownAttributes attributes;
  private final PolicyMemory policy;
  private final Lanes lanes;
  private final RuleMigration migration;
  private final RuleWatch watch;
  private final Decider decider;
  private final LostThreads lost;

  /** Assembles the runtime of all products, not started yet. */
  protected EngineRuntime(LiveSettings settings, RuleProgram rules) {
    this(settings, rules, new Counters());
  }

  private EngineRuntime(LiveSettings settings, RuleProgram rules, Counters counters) {
    this(settings, rules, counters, new SharedStages(settings, product -> counters), false, "");
  }

  /**
   * Assembles the runtime of one product of several.
   *
   * @param shared what starts and closes it
   * @param product names its threads
   */
  protected EngineRuntime(
      LiveSettings settings, RuleProgram rules, SharedStages shared, String product) {
    this(settings, rules, new Counters(), shared, true, product);
  }

  private EngineRuntime(
      LiveSettings settings,
      RuleProgram rules,
      Counters counters,
      SharedStages shared,
      boolean sharing,
      String product) {
    this.settings = settings;
    this.shared = shared;
    this.sharing = sharing;
    this.counters = counters;
    InstantSource clock = settings.clock();
    this.listeners = shared.listeners;
    this.log = new ThrottledLog(LOG, clock);
    this.intake = shared.intake(counters);
    this.objectors = shared.objectors;
    this.switches = shared.switches;
    this.attributes = shared.attributes;
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
        new PolicyCheck.Sources(policy, attributes, this::surroundingsOf, shared.scheduler, clock);
    Publisher publisher = new Publisher(shared.sinks, settings.ledger(), listeners, checks);
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
    shared.scheduler.scheduleWithFixedDelay(
        watch::advance, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    String shown = product.matches(USUAL_ID) ? product + "-" : "";
    this.lanes = lanes(rules, "tourmaline-" + shown + "lane-");
    this.migration = new RuleMigration(lanes, rules);
    this.lost = new LostThreads(settings.lanes());
    shared.watchdog.watch(
        lanes.all(), new LaneReplacement(counters, this::ruleFailed, this::threadLost));
    shared.add(lanes, publisher);
  }

  private Lanes lanes(RuleProgram rules, String name) {
    Function<String, CoverageGaps> gaps = shared.outages::of;
    CoreParts parts =
        CoreParts.of(shared.paths, gaps, settings.limits(), settings.lanes(), false)
            .with(objectors);
    List<Lane> each =
        IntStream.range(0, settings.lanes())
            .mapToObj(
                i ->
                    new Lane(
                        name + i,
                        settings.laneCapacity(),
                        new SessionCore(parts, evaluator(rules), decider),
                        settings.clock(),
                        new LostEvents(gaps, counters, settings.clock()),
                        shared.faults))
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

  /** As many lost threads as lanes end the process; a product that shares it with others not. */
  private void threadLost(LaneWorker worker, EventLostException why) {
    lost.add(worker);
    if (sharing && lost.areTooMany()) {
      worker.core().evaluator().switchOffAll();
      LOG.error("{}; all its rules are switched off", suspension());
    } else if (!sharing && counters.get(Of.LOST_THREADS) >= settings.lanes()) {
      String what = "%d threads do not come back from rules, as many as there are lanes";
      long threads = counters.get(Of.LOST_THREADS);
      listeners.tell(listener -> listener.fatal(what.formatted(threads), why));
    }
  }

  private String suspension() {
    return "%d threads do not come back from rules, of which a product may lose %d"
        .formatted(lost.running(), lost.most());
  }

  /** Starts the threads, then the sources. */
  public void start() {
    shared.start(product -> this);
  }

  /** {@return the counter of what is decoded} */
  public Intake intake() {
    return intake;
  }

  public Counters counters() {
    return counters;
  }

  public CompletionStage<Void> acceptFrame(byte[] utf8) {
    shared.requireOpen();
    Optional<StreamEvent> event = decode(utf8);
    return event.isPresent() ? lanes.put(event.get()) : DONE;
  }

  public Optional<CompletionStage<Void>> tryAcceptFrame(byte[] utf8) {
    shared.requireOpen();
    Optional<StreamEvent> event = decode(utf8);
    return event.isPresent() ? lanes.tryPut(event.get()) : Optional.of(DONE);
  }

  private Optional<StreamEvent> decode(byte[] utf8) {
    DecodeResult result = shared.decode(utf8);
    intake.count(result);
    return result instanceof DecodeResult.Decoded decoded
        ? Optional.of(decoded.event())
        : Optional.empty();
  }

  public CompletionStage<Void> accept(StreamEvent event) {
    shared.requireOpen();
    return lanes.put(event);
  }

  public Optional<CompletionStage<Void>> tryAccept(StreamEvent event) {
    shared.requireOpen();
    return lanes.tryPut(event);
  }

  public CompletionStage<Decision> trigger(ManualTrigger request) {
    shared.requireOpen();
    SessionKey session = request.session();
    return lanes.ask(session, (core, now) -> decider.judge(request, core.userOf(session)));
  }

  public CompletionStage<Boolean> feedback(TourFeedback feedback) {
    shared.requireOpen();
    return lanes.ask(feedback.session(), (core, now) -> decider.take(feedback, core, now));
  }

  public CompletionStage<Boolean> feedback(ProviderReport report) {
    shared.requireOpen();
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
    shared.requireOpen();
    return lanes.askSoon(
        session,
        (core, now) -> {
          String user = userId.isEmpty() ? core.userOf(session) : userId;
          policy.wantsTours(session, user, wanted);
          return LaneTask.nothing();
        });
  }

  public CompletionStage<Void> object(String productId, String userId, boolean objects) {
    shared.requireOpen();
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
    turned(set);
    LOG.warn(
        "{} is switched {} by {}{}",
        OneLine.of(set.subject()),
        set.on() ? "on" : "off",
        OneLine.of(set.actor()),
        set.reason().isEmpty() ? "" : ": " + OneLine.of(set.reason()));
  }

  /** Takes note of a switch that was set for all products: a rule's guard begins anew. */
  public void turned(Switch set) {
    if (set.on() && set.scope() == Switch.Scope.RULE) {
      watch.reset(set.name());
    }
  }

  public List<Switch> switches() {
    return switches.all();
  }

  public CompletionStage<Explanation> explain(SessionKey session) {
    shared.requireOpen();
    List<RecordedDecision> decisions = settings.ledger().decisions(session);
    return lanes.askSoon(session, (core, now) -> core.explain(session, decisions, now));
  }

  private CompletionStage<Surroundings> surroundingsOf(TourTrigger trigger) {
    return lanes.askSoon(
        trigger.session(), (core, now) -> core.surroundingsOf(trigger.offer(), now));
  }

  /** Replaces the rules in all lanes or none. Sessions migrate lane by lane. */
  protected void moveTo(RuleProgram rules) {
    shared.requireOpen();
    if (sharing && lost.areTooMany()) {
      throw new IllegalStateException("the rules stay switched off: " + suspension());
    }
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
    int threads = sharing ? lost.running() : Math.toIntExact(counters.get(Of.LOST_THREADS));
    return new EngineHealth(
        shared.deadThreads(), lanes.stuck(), threads, sharing ? lost.most() : settings.lanes());
  }

  /** {@return why the product is not fully served; empty if it is} */
  protected Optional<String> hindrance() {
    if (lost.areTooMany()) {
      return Optional.of("all rules are switched off: " + suspension());
    }
    return lanes.stuck().isEmpty()
        ? Optional.empty()
        : Optional.of("stuck lanes: " + lanes.stuck());
  }

  public TriggerLedger ledger() {
    return settings.ledger();
  }

  public CloseReport close(Duration timeout) {
    return shared.close(timeout);
  }
}
