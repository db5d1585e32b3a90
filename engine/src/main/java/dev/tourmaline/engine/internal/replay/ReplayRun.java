package dev.tourmaline.engine.internal.replay;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.internal.core.LanePartitioner;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.EvaluationFence;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.fact.RuleBudget;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.live.SystemThreads;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.replay.ReplayLane.PolicyInput;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A deterministic, parallel run of recorded frames in virtual time. A pipeline over batches of
 * lines: decoded in parallel, evaluated by lane, then merged in order of time and judged by the
 * policy, so that the output does not depend on the number of lanes.
 */
public final class ReplayRun {

  /** Frames in a batch: enough that lanes seldom wait for each other. */
  private static final int BATCH = 3072;

  /** Bytes in a batch, of which three are held: long frames must not fill a small heap. */
  private static final int BATCH_BYTES =
      (int) Math.max(1 << 20, Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 64));

  /** Generous: the outcome of a replay depends on the machine only where a rule does not end. */
  private static final Duration RULE_BUDGET = Duration.ofSeconds(10);

  private final ThrottledLog log =
      new ThrottledLog(
          LoggerFactory.getLogger(ReplayRun.class),
          () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(SystemThreads.nanoTime())));
  private final Settings settings;
  private final int batchSize;
  private final int batchBytes;
  private final Consumer<Offer> output;
  private final EventDecoder decoder = EventDecoder.create();
  private final Counters counters = new Counters();
  private final Intake intake = new Intake(counters, rejected -> {});
  private final LanePartitioner partitioner;
  private final List<ReplayLane> lanes = new ArrayList<>();

  /** The lanes' output of the batch before. */
  private final List<PolicyInput> merged = new ArrayList<>();

  private final Optional<PolicyMemory> policy;
  private long now = Long.MIN_VALUE;

  /**
   * What a replay was set to.
   *
   * @param program the rules
   * @param policy the policy; empty for every offer
   * @param product whose events are replayed; empty for those of all
   * @param limits how long sessions last
   * @param lanes how many lanes
   * @param prefilter whether facts that no rule could match are withheld from Drools
   * @param alwaysSleep whether every session sleeps after every frame
   * @param progress told how many bytes have been read
   */
  public record Settings(
      RuleProgram program,
      Optional<TriggerPolicy> policy,
      Optional<String> product,
      SessionLimits limits,
      int lanes,
      boolean prefilter,
      boolean alwaysSleep,
      LongConsumer progress) {}

  public ReplayRun(Settings settings, Consumer<Offer> output) {
    this(settings, output, BATCH, BATCH_BYTES);
  }

  ReplayRun(Settings settings, Consumer<Offer> output, int batchSize, int batchBytes) {
    this.batchSize = batchSize;
    this.batchBytes = batchBytes;
    this.settings = settings;
    this.output = output;
    this.policy = settings.policy().map(PolicyMemory::new);
    CoverageGaps noGaps = new CoverageGaps();
    CoreParts parts =
        CoreParts.of(
            product -> noGaps, settings.limits(), settings.lanes(), settings.alwaysSleep());
    this.partitioner = new LanePartitioner(settings.lanes());
    for (int i = 0; i < settings.lanes(); i++) {
      lanes.add(
          new ReplayLane(i, partitioner, policy.isPresent(), listener -> core(parts, listener)));
    }
  }

  private SessionCore core(CoreParts parts, EvaluationListener listener) {
    int retained = settings.limits().historySize();
    RuleEvaluator evaluator =
        new RuleEvaluator(
            settings.program(),
            settings.prefilter(),
            retained,
            this::ruleFailed,
            new EvaluationFence(new RuleBudget(RULE_BUDGET, SystemThreads::nanoTime)));
    return new SessionCore(parts, evaluator, listener);
  }

  private void ruleFailed(RuleFailure failure) {
    counters.count(Of.RULE_FAILURES);
    log.error(
        failure.rule(),
        "rule \"{}\" failed in session {} ({}): {}",
        failure.rule(),
        failure.session(),
        failure.kind(),
        failure.detail());
  }

  /**
   * Runs to the end of the input.
   *
   * @throws IOException if the input cannot be read
   */
  public void run(InputStream frames, ExecutorService workers) throws IOException {
    LineReader reader = new LineReader(frames, batchBytes, settings.progress(), this::lineTooLong);
    Batch batch = reader.read(batchSize);
    batch.decode(decoder, partitioner);
    place(batch);
    Batch next = reader.read(batchSize);
    while (batch.size() > 0) {
      Batch current = batch;
      Batch coming = next;
      // Idle threads decode the next batch, the reading thread included.
      List<Future<?>> running = evaluate(workers, current, coming);
      judge();
      next = reader.read(batchSize);
      coming.decode(decoder, partitioner);
      await(running);
      lanes.forEach(lane -> merged.addAll(lane.takeOutput()));
      place(coming);
      batch = coming;
    }
    judge();
    lanes.forEach(lane -> lane.core().close());
  }

  private void lineTooLong(DecodeResult.Rejected line) {
    log.warn("lines that are too long", "rejected a frame, {}: {}", line.reason(), line.detail());
  }

  private List<Future<?>> evaluate(ExecutorService workers, Batch current, Batch coming) {
    List<Future<?>> running = new ArrayList<>(lanes.size());
    for (ReplayLane lane : lanes) {
      running.add(
          workers.submit(
              () -> {
                lane.run(current);
                coming.decode(decoder, partitioner);
              }));
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

  /** Counts the decoded frames, and assigns each its time. */
  private void place(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (isOfAnother(batch.result(i))) {
        batch.ignore(i);
      }
      DecodeResult result = Objects.requireNonNull(batch.result(i));
      intake.count(result);
      if (result instanceof DecodeResult.Decoded decoded) {
        now = Math.max(now, forwardedAt(decoded.event()));
      }
      batch.place(i, now);
    }
  }

  private boolean isOfAnother(@Nullable DecodeResult result) {
    return settings.product().isPresent()
        && result instanceof DecodeResult.Decoded decoded
        && !settings.product().get().equals(decoded.event().productId());
  }

  private long forwardedAt(StreamEvent event) {
    if (event instanceof ActionsEvent actions) {
      long at = actions.forwardedAt().toEpochMilli();
      return at == 0 ? newestStart(actions) : at;
    }
    return event instanceof SummaryEvent summary ? summary.forwardedAt().toEpochMilli() : now;
  }

  /** Stands in for an absent {@code forwarded_at}: the time of the newest action. */
  private static long newestStart(ActionsEvent batch) {
    return batch.actions().stream()
        .flatMap(action -> action.start().stream())
        .mapToLong(Instant::toEpochMilli)
        .max()
        .orElse(0);
  }

  private void judge() {
    merged.sort(ReplayLane.IN_ORDER);
    for (PolicyInput input : merged) {
      for (Offer offer : input.offers()) {
        counters.offer(offer.flowId());
      }
      if (policy.isPresent()) {
        judge(policy.get(), input);
      } else {
        input.offers().forEach(output);
      }
    }
    merged.clear();
  }

  private void judge(PolicyMemory memory, PolicyInput input) {
    if (input.offers().isEmpty()) {
      memory.userKnown(input.session(), input.userId());
      return;
    }
    Instant at = Instant.ofEpochMilli(input.now());
    for (Decision decision : memory.judge(input.offers(), input.surroundings(), at)) {
      if (!(decision instanceof Decision.Admitted admitted)) {
        continue;
      }
      // A replay has no feedback: an admitted offer counts as shown.
      memory.confirm(admitted.trigger(), at);
      counters.trigger(admitted.offer().flowId());
      output.accept(admitted.offer());
    }
  }

  public EngineStats stats() {
    return Counters.snapshot(counters, lanes.stream().map(ReplayLane::core).toList());
  }
}
