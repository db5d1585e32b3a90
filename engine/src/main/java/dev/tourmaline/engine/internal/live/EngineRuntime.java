package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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

  private final LiveSettings settings;
  private final EventDecoder decoder = EventDecoder.create();
  private final Listeners listeners;
  private final Counters counters = new Counters();
  private final Intake intake;
  private final Lanes lanes;
  private final Decider decider;
  private final Lifecycle lifecycle;

  /** Assembles a runtime, not started yet. */
  protected EngineRuntime(LiveSettings settings, RuleProgram rules) {
    this.settings = settings;
    this.listeners = new Listeners(settings.listeners());
    this.intake = new Intake(counters, this::rejected);
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(SystemThreads.named("tourmaline-scheduler"));
    PolicyMemory policy = new PolicyMemory(settings.policy());
    Publisher publisher =
        new Publisher(
            settings.sinks(), policy, settings.ledger(), listeners, settings.clock(), scheduler);
    this.decider =
        new Decider(policy, settings.ledger(), listeners, publisher, counters, settings.clock());
    SourceOutages outages = new SourceOutages(settings.clock(), listeners, counters);
    CoreParts parts = CoreParts.of(outages::of, settings.limits(), settings.lanes(), false);
    List<Lane> each =
        IntStream.range(0, settings.lanes())
            .mapToObj(
                i -> {
                  SessionCore core = new SessionCore(parts, evaluator(rules), decider);
                  return new Lane(i, settings.laneCapacity(), core, settings.clock());
                })
            .toList();
    this.lanes = new Lanes(each);
    Watchdog watchdog = new Watchdog(each, settings.watchdogTimeout(), this::ruleFailed, scheduler);
    this.lifecycle = new Lifecycle(settings.sources(), outages, lanes, watchdog, publisher);
  }

  private RuleEvaluator evaluator(RuleProgram rules) {
    return new RuleEvaluator(rules, true, settings.limits().historySize(), this::ruleFailed);
  }

  private void rejected(DecodeResult.Rejected rejected) {
    listeners.tell(listener -> listener.rejected(rejected));
  }

  private void ruleFailed(RuleFailure failure) {
    counters.count(Of.RULE_FAILURES);
    LOG.error(
        "rule \"{}\" failed in session {} ({}): {}{}",
        failure.rule(),
        failure.session(),
        failure.kind(),
        failure.detail(),
        failure.quarantined() ? "; it is switched off now" : "");
    listeners.tell(listener -> listener.ruleFailed(failure));
  }

  /** Starts the threads, then the sources. */
  public void start() {
    lifecycle.start(this::acceptFrame);
  }

  public CompletionStage<Void> acceptFrame(byte[] utf8) {
    return lifecycle.whileOpen(
        () -> {
          DecodeResult result = decoder.decode(utf8);
          intake.count(result);
          return result instanceof DecodeResult.Decoded decoded ? lanes.put(decoded.event()) : DONE;
        });
  }

  public CompletionStage<Void> accept(StreamEvent event) {
    return lifecycle.whileOpen(() -> lanes.put(event));
  }

  public Optional<CompletionStage<Void>> tryAccept(StreamEvent event) {
    return lifecycle.whileOpen(() -> lanes.tryPut(event));
  }

  public CompletionStage<Decision> trigger(ManualTrigger request) {
    SessionKey session = request.session();
    return lifecycle.whileOpen(
        () -> lanes.ask(session, (core, now) -> decider.judge(request, core.userOf(session))));
  }

  public CompletionStage<Boolean> feedback(TourFeedback feedback) {
    return lifecycle.whileOpen(
        () -> lanes.ask(feedback.session(), (core, now) -> decider.take(feedback, core, now)));
  }

  /** Replaces the rules. Sessions migrate lane by lane. */
  protected void moveTo(RuleProgram rules) {
    lifecycle.whileOpen(
        () -> {
          lanes.moveTo(() -> evaluator(rules));
          return DONE;
        });
    LOG.info("{} rules are in force now", rules.rules().size());
  }

  public EngineStats stats() {
    return Counters.snapshot(counters, lanes.cores());
  }

  public TriggerLedger ledger() {
    return settings.ledger();
  }

  public void close() {
    lifecycle.close();
  }
}
