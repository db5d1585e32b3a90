package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.history.Dictionary;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionLimits;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The concurrent runtime, put together: an intake, lanes around synchronous cores, decisions and a
 * publisher behind them, and their lifecycle. Thread-safe.
 */
public final class EngineRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(EngineRuntime.class);

  private final LiveSettings settings;
  private final Listeners listeners;
  private final Counters counters = new Counters();
  private final Intake intake;
  private final Lanes lanes;
  private final Decider decider;
  private final Lifecycle lifecycle;

  /** Puts a runtime together that does not run yet. */
  public EngineRuntime(LiveSettings settings, RuleProgram rules) {
    this.settings = settings;
    this.listeners = new Listeners(settings.listeners());
    this.intake = new Intake(counters, listeners::rejected);
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(SystemThreads.named("tourmaline-scheduler"));
    PolicyMemory policy = new PolicyMemory(settings.policy());
    Publisher publisher =
        new Publisher(
            settings.sinks(), policy, settings.ledger(), listeners, settings.clock(), scheduler);
    this.decider =
        new Decider(policy, settings.ledger(), listeners, publisher, counters, settings.clock());
    SourceOutages outages = new SourceOutages(settings.clock(), listeners, counters);
    Dictionary dictionary = new Dictionary();
    SessionLimits perLane = CoreParts.share(settings.limits(), settings.lanes());
    List<Lane> each =
        IntStream.range(0, settings.lanes())
            .mapToObj(
                i -> {
                  CoreParts parts =
                      new CoreParts(dictionary, outages::of, perLane, false, new Counters());
                  SessionCore core = new SessionCore(parts, evaluator(rules), decider);
                  return new Lane(i, settings.laneCapacity(), core, settings.clock());
                })
            .toList();
    this.lanes = new Lanes(each);
    Watchdog watchdog =
        new Watchdog(each, settings.watchdogPatience(), this::ruleFailed, scheduler);
    this.lifecycle = new Lifecycle(settings.sources(), outages, lanes, watchdog, publisher);
  }

  private RuleEvaluator evaluator(RuleProgram rules) {
    return new RuleEvaluator(rules, true, settings.limits().historySize(), this::ruleFailed);
  }

  private void ruleFailed(RuleFailure failure) {
    counters.count(Of.RULE_FAILURES);
    listeners.ruleFailed(failure);
  }

  /** {@return what counts raw frames} */
  public Intake intake() {
    return intake;
  }

  /** {@return what evaluates events} */
  public Lanes lanes() {
    return lanes;
  }

  /** {@return what decides on tours} */
  public Decider decider() {
    return decider;
  }

  /** {@return what starts and stops it all} */
  public Lifecycle lifecycle() {
    return lifecycle;
  }

  /** Replaces the rules. Sessions move over lane by lane. */
  public void moveTo(RuleProgram rules) {
    lanes.moveTo(() -> evaluator(rules));
    LOG.info("{} rules are in force now", rules.rules().size());
  }

  /** {@return what has been counted} */
  public EngineStats stats() {
    return Counters.snapshot(counters, lanes.cores());
  }
}
