package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.EngineStats;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.Routing;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.history.Dictionary;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The concurrent runtime: lanes around synchronous cores, a publisher behind them. */
public final class LiveEngine implements TourEngine {

  private static final Logger LOG = LoggerFactory.getLogger(LiveEngine.class);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final LiveSettings settings;
  private final EventDecoder decoder = EventDecoder.create();
  private final Listeners listeners;
  private final SourceOutages outages;
  private final Counters intake = new Counters();
  private final List<Lane> lanes = new ArrayList<>();
  private final Publisher publisher;
  private final Decider decider;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(SystemThreads.named("tourmaline-scheduler"));
  private final ReadWriteLock life = new ReentrantReadWriteLock();
  private RuleProgram program;
  private boolean closed;

  /**
   * Makes an engine that does not run yet.
   *
   * @param settings what it was built with
   * @param program the rules
   */
  public LiveEngine(LiveSettings settings, RuleProgram program) {
    this.settings = settings;
    this.program = program;
    this.listeners = new Listeners(settings.listeners());
    this.outages = new SourceOutages(settings.clock(), listeners, intake);
    PolicyMemory policy = new PolicyMemory(settings.policy());
    this.publisher =
        new Publisher(
            settings.sinks(), policy, settings.ledger(), listeners, settings.clock(), scheduler);
    this.decider = new Decider(policy, settings.ledger(), listeners, publisher);
    Dictionary dictionary = new Dictionary();
    int awake = Math.max(1, settings.limits().maxAwake() / settings.lanes());
    for (int i = 0; i < settings.lanes(); i++) {
      CoreParts parts =
          new CoreParts(
              dictionary,
              outages::of,
              settings.limits().withMaxAwake(awake),
              false,
              new Counters());
      SessionCore core = new SessionCore(parts, evaluator(program), decider);
      lanes.add(new Lane(i, settings.laneCapacity(), core, settings.clock()));
    }
  }

  private RuleEvaluator evaluator(RuleProgram rules) {
    return new RuleEvaluator(rules, true, settings.limits().historySize(), this::ruleFailed);
  }

  private void ruleFailed(RuleFailure failure) {
    intake.count(Of.RULE_FAILURES);
    listeners.ruleFailed(failure);
  }

  /** Starts the threads, then the sources. */
  public void start() {
    publisher.start();
    lanes.forEach(Lane::start);
    new Watchdog(lanes, settings.watchdogPatience(), this::ruleFailed).start(scheduler);
    settings.sources().forEach(source -> source.start(this::receive, outages));
  }

  /** Takes a source's frame. One that comes while the source is being closed was not accepted. */
  private void receive(byte[] frame) {
    try {
      acceptFrame(frame);
    } catch (IllegalStateException e) {
      LOG.debug("a frame came while its source was being closed: {}", e.getMessage());
    }
  }

  @Override
  public CompletionStage<Void> acceptFrame(byte[] utf8) {
    return whileOpen(() -> take(utf8));
  }

  private CompletionStage<Void> take(byte[] utf8) {
    intake.count(Of.FRAMES);
    DecodeResult result = decoder.decode(utf8);
    if (result instanceof DecodeResult.Decoded decoded) {
      decoded.rejectedActions().forEach(this::reject);
      if (decoded.countDisagreed()) {
        intake.count(Of.COUNT_DISAGREED);
      }
      return accept(decoded.event());
    }
    if (result instanceof DecodeResult.Rejected rejected) {
      reject(rejected);
    } else {
      intake.count(Of.IGNORED);
    }
    return DONE;
  }

  private void reject(DecodeResult.Rejected rejected) {
    intake.reject(rejected.reason());
    listeners.rejected(rejected);
  }

  @Override
  public CompletionStage<Void> accept(StreamEvent event) {
    return whileOpen(
        () -> {
          List<CompletableFuture<Void>> stages = new ArrayList<>(1);
          split(event).forEach((lane, part) -> stages.add(put(lane, part)));
          return all(stages);
        });
  }

  @Override
  public Optional<CompletionStage<Void>> tryAccept(StreamEvent event) {
    return whileOpen(
        () -> {
          Map<Lane, StreamEvent> parts = split(event);
          if (parts.size() != 1) {
            // Taking a part of an event and not the rest is no answer: only what fits one lane
            // can be refused cheaply, and a batch over several sessions is rare.
            boolean room =
                parts.keySet().stream().allMatch(l -> l.depth() < settings.laneCapacity());
            return room ? Optional.of(accept(event)) : Optional.empty();
          }
          Map.Entry<Lane, StreamEvent> only = parts.entrySet().iterator().next();
          CompletableFuture<Void> stage = new CompletableFuture<>();
          boolean taken = only.getKey().offer(task(only.getValue(), stage));
          return taken ? Optional.of(stage) : Optional.empty();
        });
  }

  private CompletableFuture<Void> put(Lane lane, StreamEvent event) {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    lane.put(task(event, stage));
    return stage;
  }

  private Lane.Task task(StreamEvent event, CompletableFuture<Void> stage) {
    return (core, now) -> {
      try {
        evaluate(core, event, now);
      } finally {
        stage.complete(null);
      }
    };
  }

  private void evaluate(SessionCore core, StreamEvent event, long now) {
    if (event instanceof ActionsEvent actions) {
      core.accept(actions, now);
    } else if (event instanceof SummaryEvent summary) {
      core.accept(summary, now);
    } else if (event instanceof TriggerEvent trigger) {
      relay(core, trigger);
    }
  }

  private void relay(SessionCore core, TriggerEvent event) {
    String sessionId = event.sessionId().isBlank() ? event.userId() : event.sessionId();
    if (event.productId().isBlank() || sessionId.isBlank() || event.flowId().isBlank()) {
      intake.count(Of.UNROUTABLE);
      return;
    }
    intake.count(Of.INBOUND);
    SessionKey session = new SessionKey(event.productId(), sessionId);
    decider.relay(event, session, core.userOf(session), settings.clock().instant());
  }

  private static CompletionStage<Void> all(List<CompletableFuture<Void>> stages) {
    return stages.size() == 1
        ? stages.get(0)
        : CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
  }

  /** The parts of an event by the lane that each belongs to; nearly always one. */
  private Map<Lane, StreamEvent> split(StreamEvent event) {
    if (!(event instanceof ActionsEvent batch)) {
      String session =
          event instanceof SummaryEvent summary ? Routing.sessionId(summary) : event.sessionId();
      return Map.of(laneOf(session), event);
    }
    Map<Lane, List<UiAction>> actions = new LinkedHashMap<>(2);
    for (UiAction action : batch.actions()) {
      Lane lane = laneOf(Routing.sessionId(batch, action));
      actions.computeIfAbsent(lane, l -> new ArrayList<>(batch.actions().size())).add(action);
    }
    if (actions.size() <= 1) {
      return actions.isEmpty() ? Map.of() : Map.of(actions.keySet().iterator().next(), batch);
    }
    Map<Lane, StreamEvent> parts = new LinkedHashMap<>();
    actions.forEach((lane, own) -> parts.put(lane, batch.withActions(own)));
    return parts;
  }

  private Lane laneOf(String sessionId) {
    return lanes.get(Math.floorMod(sessionId.hashCode(), lanes.size()));
  }

  @Override
  public CompletionStage<Decision> trigger(ManualTrigger request) {
    return onLane(
        request.session(),
        (core, now) ->
            decider.judge(request, core.userOf(request.session()), settings.clock().instant()));
  }

  @Override
  public CompletionStage<Boolean> feedback(TourFeedback feedback) {
    return onLane(
        feedback.session(),
        (core, now) -> {
          Optional<TourTrigger> trigger = decider.subjectOf(feedback);
          trigger.ifPresent(
              about -> {
                decider.take(feedback, about, settings.clock().instant());
                core.accept(feedback, about.flowId(), about.rule(), now);
              });
          return trigger.isPresent();
        });
  }

  private interface LaneCall<T> {
    T on(SessionCore core, long now);
  }

  private <T> CompletionStage<T> onLane(SessionKey session, LaneCall<T> call) {
    return whileOpen(
        () -> {
          CompletableFuture<T> stage = new CompletableFuture<>();
          laneOf(session.sessionId())
              .put(
                  (core, now) -> {
                    try {
                      stage.complete(call.on(core, now));
                    } catch (RuntimeException e) {
                      stage.completeExceptionally(e);
                    }
                  });
          return stage;
        });
  }

  private <T> T whileOpen(Supplier<T> call) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the engine is closed");
      }
      return call.get();
    } finally {
      life.readLock().unlock();
    }
  }

  @Override
  public void replaceRules(RuleSet rules) {
    RuleProgram next = Programs.compile(rules, settings.compileCache());
    RuleProgram previous =
        whileOpen(
            () -> {
              synchronized (lanes) {
                List<CompletableFuture<Void>> moved = new ArrayList<>();
                for (Lane lane : lanes) {
                  CompletableFuture<Void> stage = new CompletableFuture<>();
                  moved.add(stage);
                  lane.put(
                      (core, now) -> {
                        try {
                          core.moveTo(evaluator(next), now);
                        } finally {
                          stage.complete(null);
                        }
                      });
                }
                CompletableFuture.allOf(moved.toArray(CompletableFuture[]::new)).join();
                RuleProgram old = program;
                program = next;
                return old;
              }
            });
    previous.close();
    LOG.info("{} rules are in force now", next.rules().size());
  }

  @Override
  public EngineStats stats() {
    List<Counters> all = new ArrayList<>(lanes.size() + 1);
    lanes.forEach(lane -> all.add(lane.core().counters()));
    all.add(intake);
    return new EngineStats(
        Counters.sum(all, Of.FRAMES),
        Counters.sum(all, Of.ACTIONS),
        Counters.sum(all, Of.SUMMARIES),
        Counters.rejected(all),
        Counters.sum(all, Of.IGNORED),
        Counters.sum(all, Of.COUNT_DISAGREED),
        Counters.sum(all, Of.UNROUTABLE),
        Counters.sum(all, Of.LATE),
        Counters.sum(all, Of.REPEATS),
        Counters.sum(all, Of.BLIND),
        Counters.sum(all, Of.INBOUND),
        Counters.sum(all, Of.SESSIONS),
        Counters.sum(all, Of.AWAKE),
        Counters.sum(all, Of.ASLEEP),
        Counters.sum(all, Of.WOKEN),
        lanes.stream().mapToLong(lane -> lane.core().evaluator().evaluated()).sum(),
        Counters.sum(all, Of.RULE_FAILURES),
        decider.offers().toMap(),
        decider.triggers().toMap());
  }

  @Override
  public TriggerLedger ledger() {
    return settings.ledger();
  }

  @Override
  public void close() {
    long deadline = SystemThreads.nanoTime() + CLOSE_NANOS;
    settings.sources().forEach(this::closeSource);
    life.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      life.writeLock().unlock();
    }
    lanes.forEach(Lane::closeWhenDone);
    try {
      for (Lane lane : lanes) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - SystemThreads.nanoTime());
        if (!lane.awaitEnd(left)) {
          LOG.error("a lane did not end in time; {} events in it are lost", lane.depth());
          lane.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.drain(deadline);
    scheduler.shutdownNow();
    publisher.close();
    program.close();
  }

  private void closeSource(EventSource source) {
    try {
      source.close();
    } catch (RuntimeException e) {
      LOG.warn("source {} failed to close: {}", source.name(), e.toString());
    }
  }
}
