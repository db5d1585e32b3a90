package dev.tourmaline.engine.internal.replay;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.EventDecoder;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.BlindIntervals;
import dev.tourmaline.engine.fact.Dictionary;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.MomentListener;
import dev.tourmaline.engine.internal.core.Routing;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.RuleProgram;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.replay.ReplayLane.Found;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replay. Batches of lines are decoded side by side, evaluated lane by lane, and what the lanes
 * found is put in order of time before the policy hears of it; so the outcome does not depend on
 * lanes.
 */
public final class ReplayRun {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayRun.class);
  private static final int BATCH = 512;

  private final Settings settings;
  private final Consumer<Offer> output;
  private final EventDecoder decoder = EventDecoder.create();
  private final Counters counters = new Counters();
  private final List<ReplayLane> lanes = new ArrayList<>();
  private final Optional<PolicyMemory> policy;
  private final Map<String, Long> offersByFlow = new TreeMap<>();
  private final Map<String, Long> triggersByFlow = new TreeMap<>();
  private long now = Long.MIN_VALUE;

  /**
   * What a replay was set to.
   *
   * @param program the rules
   * @param policy the policy; empty for every offer
   * @param limits how long sessions last
   * @param lanes how many lanes
   * @param shortcut whether facts that no rule could take are kept away from Drools
   * @param alwaysSleep whether every session sleeps after every frame
   * @param progress told how many bytes have been read
   */
  public record Settings(
      RuleProgram program,
      Optional<TriggerPolicy> policy,
      SessionLimits limits,
      int lanes,
      boolean shortcut,
      boolean alwaysSleep,
      LongConsumer progress) {}

  /**
   * Prepares a replay.
   *
   * @param settings what it is set to
   * @param output takes what is admitted, or every offer
   */
  public ReplayRun(Settings settings, Consumer<Offer> output) {
    this.settings = settings;
    this.output = output;
    this.policy = settings.policy().map(PolicyMemory::new);
    Dictionary dictionary = new Dictionary();
    BlindIntervals neverBlind = new BlindIntervals();
    int awake = Math.max(1, settings.limits().maxAwake() / settings.lanes());
    for (int i = 0; i < settings.lanes(); i++) {
      // Counters of its own for each lane: shared ones would go to and fro between processors.
      CoreParts parts =
          new CoreParts(
              dictionary,
              product -> neverBlind,
              settings.limits().withMaxAwake(awake),
              settings.alwaysSleep(),
              new Counters());
      lanes.add(
          new ReplayLane(
              i, settings.lanes(), policy.isPresent(), listener -> core(parts, listener)));
    }
  }

  private SessionCore core(CoreParts parts, MomentListener listener) {
    int retained = settings.limits().historySize();
    RuleEvaluator evaluator =
        new RuleEvaluator(settings.program(), settings.shortcut(), retained, this::ruleFailed);
    return new SessionCore(parts, evaluator, listener);
  }

  private void ruleFailed(RuleFailure failure) {
    counters.count(Of.RULE_FAILURES);
    LOG.error(
        "rule \"{}\" failed in session {} ({}): {}",
        failure.rule(),
        failure.session(),
        failure.kind(),
        failure.detail());
  }

  /**
   * Runs to the end of the input.
   *
   * @param frames the input
   * @param workers a thread for each lane
   * @throws IOException if the input cannot be read
   */
  public void run(InputStream frames, ThreadPoolExecutor workers) throws IOException {
    LineReader reader = new LineReader(frames, settings.progress());
    Batch batch = reader.read(BATCH);
    sideBySide(workers, decoding(batch));
    while (batch.size() > 0) {
      place(batch);
      Batch current = batch;
      // While the lanes evaluate this batch, this thread reads the next one.
      List<Future<?>> evaluating = start(workers, lane -> lanes.get(lane).run(current));
      Batch next = reader.read(BATCH);
      await(evaluating);
      List<Future<?>> decodingNext = start(workers, decoding(next));
      judge();
      await(decodingNext);
      batch = next;
    }
    lanes.forEach(lane -> lane.core().close());
  }

  private LaneStep decoding(Batch batch) {
    return lane -> batch.decode(decoder, lane, lanes.size());
  }

  /** Something that every lane does, each for itself. */
  private interface LaneStep {
    void on(int lane);
  }

  private void sideBySide(ThreadPoolExecutor workers, LaneStep step) {
    await(start(workers, step));
  }

  private List<Future<?>> start(ThreadPoolExecutor workers, LaneStep step) {
    List<Future<?>> running = new ArrayList<>(lanes.size());
    for (int i = 0; i < lanes.size(); i++) {
      int lane = i;
      running.add(workers.submit(() -> step.on(lane)));
    }
    return running;
  }

  private static void await(List<Future<?>> running) {
    for (Future<?> step : running) {
      try {
        step.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted during a replay", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a replay failed", e.getCause());
      }
    }
  }

  /** Counts what was decoded, and says when each frame happened and which lane it is for. */
  private void place(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      counters.count(Of.FRAMES);
      DecodeResult result = batch.result(i);
      if (result instanceof DecodeResult.Decoded decoded) {
        if (!decoded.rejectedActions().isEmpty()) {
          decoded.rejectedActions().forEach(rejected -> counters.reject(rejected.reason()));
        }
        if (decoded.countDisagreed()) {
          counters.count(Of.COUNT_DISAGREED);
        }
        now = Math.max(now, forwardedAt(decoded.event()));
        batch.place(i, now, laneOf(decoded.event()));
      } else {
        if (result instanceof DecodeResult.Rejected rejected) {
          counters.reject(rejected.reason());
        } else {
          counters.count(Of.IGNORED);
        }
        batch.place(i, now, 0);
      }
    }
  }

  private long forwardedAt(StreamEvent event) {
    if (event instanceof ActionsEvent actions) {
      long at = actions.forwardedAt().toEpochMilli();
      return at == 0 ? newestStart(actions) : at;
    }
    return event instanceof SummaryEvent summary ? summary.forwardedAt().toEpochMilli() : now;
  }

  /** Where the connector does not say when it forwarded a batch, its newest action must do. */
  private static long newestStart(ActionsEvent batch) {
    return batch.actions().stream()
        .flatMap(action -> action.start().stream())
        .mapToLong(Instant::toEpochMilli)
        .max()
        .orElse(0);
  }

  private int laneOf(StreamEvent event) {
    if (event instanceof TriggerEvent) {
      counters.count(Of.INBOUND);
      return 0;
    }
    if (lanes.size() == 1) {
      return 0;
    }
    if (event instanceof SummaryEvent summary) {
      return ReplayLane.laneOf(Routing.sessionId(summary), lanes.size());
    }
    ActionsEvent batch = (ActionsEvent) event;
    int lane = 0;
    for (int i = 0; i < batch.actions().size(); i++) {
      UiAction action = batch.actions().get(i);
      int own = ReplayLane.laneOf(Routing.sessionId(batch, action), lanes.size());
      if (i > 0 && own != lane) {
        return Batch.SEVERAL_LANES;
      }
      lane = own;
    }
    return lane;
  }

  private void judge() {
    List<Found> found = new ArrayList<>();
    lanes.forEach(lane -> found.addAll(lane.takeFound()));
    found.sort(ReplayLane.IN_ORDER);
    for (Found one : found) {
      for (Offer offer : one.offers()) {
        offersByFlow.merge(offer.flowId(), 1L, Long::sum);
      }
      if (policy.isPresent()) {
        judge(policy.get(), one);
      } else {
        one.offers().forEach(output);
      }
    }
  }

  private void judge(PolicyMemory memory, Found found) {
    if (found.offers().isEmpty()) {
      memory.userKnown(found.session(), found.userId());
      return;
    }
    Instant at = Instant.ofEpochMilli(found.now());
    if (memory.judge(found.offers(), at).get(0) instanceof Decision.Admitted admitted) {
      // Nobody reports in a replay: what is admitted counts as shown.
      memory.confirm(admitted.trigger(), at);
      triggersByFlow.merge(admitted.offer().flowId(), 1L, Long::sum);
      output.accept(admitted.offer());
    }
  }

  /** {@return what was counted: by the run itself, and by each lane} */
  public List<Counters> counters() {
    List<Counters> all = new ArrayList<>(lanes.size() + 1);
    all.add(counters);
    lanes.forEach(lane -> all.add(lane.core().counters()));
    return all;
  }

  /** {@return offers by flow} */
  public Map<String, Long> offersByFlow() {
    return offersByFlow;
  }

  /** {@return admitted triggers by flow} */
  public Map<String, Long> triggersByFlow() {
    return triggersByFlow;
  }
}
