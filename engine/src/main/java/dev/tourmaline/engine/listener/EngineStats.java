package dev.tourmaline.engine.listener;

import dev.tourmaline.engine.event.RejectReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A snapshot of the counters of an engine since its start, or of a whole replay. It is not atomic:
 * related counts may differ by events in flight.
 *
 * @param frames raw frames taken
 * @param actions actions taken in, after rejection and before late and repeated ones are left out
 * @param summaries summaries taken in
 * @param rejected frames and actions rejected, by reason
 * @param ignored frames with nothing to process: heartbeats and unknown types
 * @param countDisagreed batches whose {@code count} differs from their list
 * @param unroutable events with neither session nor user, without a product, or of a product that
 *     the engine does not serve
 * @param late actions more than 30 s older than their session's newest
 * @param repeats actions dropped as duplicates
 * @param coverageGaps intervals in which a stream could not be seen, noticed by a lost source or by
 *     numbers that are missing from a numbering
 * @param inbound tours that other systems started
 * @param sessions user sessions opened
 * @param awake user sessions awake now
 * @param asleep user sessions asleep now
 * @param woken reactivations of sleeping sessions
 * @param evicted user sessions ended before their time, the oldest, because there were too many or
 *     they took too many bytes
 * @param forgotten actions that left a session's history, or what its rules retain, before their
 *     time, because there were too many or their texts too long
 * @param shortened actions whose page has a path of more than 1,024 characters, of which the
 *     beginning was kept and a digest
 * @param untyped actions of no kind: without a type, and with a title that does not plainly say one
 * @param objected events dropped as they came in, because their user has objected
 * @param guarded rules that went into shadow by themselves
 * @param evaluated actions that reached a Drools session; the others could match no rule
 * @param ruleFailures failures of rules
 * @param lost events shed by a stuck lane, or given up amid a rule that did not return
 * @param lostThreads threads of lanes given up because a rule did not return
 * @param offersByFlow offers by flow; of each tenant, beyond {@value #MAX_FLOWS} flows, those of
 *     the further ones together under {@value #OTHER_FLOWS}
 * @param triggersByFlow admitted triggers by flow, likewise; in a replay with the policy off none
 * @param decisions decisions by what came of them: {@code admitted}, {@code held_out}, {@code
 *     shadow}, or the gate in lower case, such as {@code between_tours}
 */
public record EngineStats(
    long frames,
    long actions,
    long summaries,
    Map<RejectReason, Long> rejected,
    long ignored,
    long countDisagreed,
    long unroutable,
    long late,
    long repeats,
    long coverageGaps,
    long inbound,
    long sessions,
    long awake,
    long asleep,
    long woken,
    long evicted,
    long forgotten,
    long shortened,
    long untyped,
    long objected,
    long guarded,
    long evaluated,
    long ruleFailures,
    long lost,
    long lostThreads,
    Map<String, Long> offersByFlow,
    Map<String, Long> triggersByFlow,
    Map<String, Long> decisions) {

  /**
   * {@return the counts of several engines or tenants together}
   *
   * @param parts the counts of each
   */
  public static EngineStats sum(List<EngineStats> parts) {
    return new EngineStats(
        sum(parts, EngineStats::frames),
        sum(parts, EngineStats::actions),
        sum(parts, EngineStats::summaries),
        merged(parts, EngineStats::rejected),
        sum(parts, EngineStats::ignored),
        sum(parts, EngineStats::countDisagreed),
        sum(parts, EngineStats::unroutable),
        sum(parts, EngineStats::late),
        sum(parts, EngineStats::repeats),
        sum(parts, EngineStats::coverageGaps),
        sum(parts, EngineStats::inbound),
        sum(parts, EngineStats::sessions),
        sum(parts, EngineStats::awake),
        sum(parts, EngineStats::asleep),
        sum(parts, EngineStats::woken),
        sum(parts, EngineStats::evicted),
        sum(parts, EngineStats::forgotten),
        sum(parts, EngineStats::shortened),
        sum(parts, EngineStats::untyped),
        sum(parts, EngineStats::objected),
        sum(parts, EngineStats::guarded),
        sum(parts, EngineStats::evaluated),
        sum(parts, EngineStats::ruleFailures),
        sum(parts, EngineStats::lost),
        sum(parts, EngineStats::lostThreads),
        merged(parts, EngineStats::offersByFlow),
        merged(parts, EngineStats::triggersByFlow),
        merged(parts, EngineStats::decisions));
  }

  private static long sum(List<EngineStats> parts, ToLongFunction<EngineStats> count) {
    return parts.stream().mapToLong(count).sum();
  }

  private static <K> Map<K, Long> merged(
      List<EngineStats> parts, Function<EngineStats, Map<K, Long>> counts) {
    Map<K, Long> sums = new HashMap<>();
    parts.forEach(part -> counts.apply(part).forEach((key, n) -> sums.merge(key, n, Long::sum)));
    return Map.copyOf(sums);
  }

  /** The number of flows that are counted apart. */
  public static final int MAX_FLOWS = 1_000;

  /** The name under which the flows beyond {@link #MAX_FLOWS} are counted. */
  public static final String OTHER_FLOWS = "(other)";
}
