package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.trigger.Decision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one lane or of an intake. Thread-safe and lock-free. */
public final class Counters {

  /** What is counted, as {@link EngineStats} describes it. */
  public enum Of {
    FRAMES,
    ACTIONS,
    SUMMARIES,
    IGNORED,
    COUNT_DISAGREED,
    UNROUTABLE,
    LATE,
    REPEATS,
    COVERAGE_GAPS,
    INBOUND,
    SESSIONS,
    AWAKE,
    ASLEEP,
    WOKEN,
    EVICTED,
    FORGOTTEN,
    SHORTENED,
    UNTYPED,
    OBJECTED,
    GUARDED,
    RULE_FAILURES,
    LOST,
    LOST_THREADS
  }

  private final AtomicLongArray counts = new AtomicLongArray(Of.values().length);
  private final AtomicLongArray rejected = new AtomicLongArray(RejectReason.values().length);
  private final FlowCounts offers = new FlowCounts();
  private final FlowCounts triggers = new FlowCounts();
  private final FlowCounts decisions = new FlowCounts();

  /** Counts one. */
  public void count(Of what) {
    add(what, 1);
  }

  /**
   * Counts several.
   *
   * @param n how many; may be negative for what is counted now
   */
  public void add(Of what, long n) {
    counts.addAndGet(what.ordinal(), n);
  }

  /** Counts an offer of a rule or of a server. */
  public void offer(String flowId) {
    offers.count(flowId);
  }

  /** Counts an admitted trigger. */
  public void trigger(String flowId) {
    triggers.count(flowId);
  }

  /** Counts a decision by its word, a suppression by its gate. */
  public void decision(Decision decision) {
    decisions.count(
        decision instanceof Decision.Suppressed held
            ? held.reason().name().toLowerCase(Locale.ROOT)
            : decision.word());
  }

  /** Counts a rejection. */
  public void reject(RejectReason reason) {
    rejected.incrementAndGet(reason.ordinal());
  }

  public long get(Of what) {
    return counts.get(what.ordinal());
  }

  /**
   * {@return all counts of an engine or a replay as they are now}
   *
   * @param own what is counted for all lanes together
   * @param lanes the cores of the lanes, each with counters of its own
   */
  public static EngineStats snapshot(Counters own, List<SessionCore> lanes) {
    List<Counters> all = new ArrayList<>(lanes.size() + 1);
    all.add(own);
    lanes.forEach(lane -> all.add(lane.counters()));
    return new EngineStats(
        sum(all, Of.FRAMES),
        sum(all, Of.ACTIONS),
        sum(all, Of.SUMMARIES),
        rejected(all),
        sum(all, Of.IGNORED),
        sum(all, Of.COUNT_DISAGREED),
        sum(all, Of.UNROUTABLE),
        sum(all, Of.LATE),
        sum(all, Of.REPEATS),
        sum(all, Of.COVERAGE_GAPS),
        sum(all, Of.INBOUND),
        sum(all, Of.SESSIONS),
        sum(all, Of.AWAKE),
        sum(all, Of.ASLEEP),
        sum(all, Of.WOKEN),
        sum(all, Of.EVICTED),
        sum(all, Of.FORGOTTEN),
        sum(all, Of.SHORTENED),
        sum(all, Of.UNTYPED),
        sum(all, Of.OBJECTED),
        sum(all, Of.GUARDED),
        lanes.stream().mapToLong(lane -> lane.evaluator().evaluated()).sum(),
        sum(all, Of.RULE_FAILURES),
        sum(all, Of.LOST),
        sum(all, Of.LOST_THREADS),
        own.offers.snapshot(),
        own.triggers.snapshot(),
        own.decisions.snapshot());
  }

  private static long sum(List<Counters> all, Of what) {
    return all.stream().mapToLong(counters -> counters.get(what)).sum();
  }

  /** Rejections by reason; reasons that never occurred are absent. */
  private static Map<RejectReason, Long> rejected(List<Counters> all) {
    Map<RejectReason, Long> sums = new EnumMap<>(RejectReason.class);
    for (RejectReason reason : RejectReason.values()) {
      long n = all.stream().mapToLong(counters -> counters.rejected.get(reason.ordinal())).sum();
      if (n > 0) {
        sums.put(reason, n);
      }
    }
    return Map.copyOf(sums);
  }
}
