package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.RejectReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one lane or of an intake. Thread-safe, without locks. */
public final class Counters {

  /** What is counted. */
  public enum Of {
    /** Raw frames taken. */
    FRAMES,
    /** Actions taken in. */
    ACTIONS,
    /** Summaries taken in. */
    SUMMARIES,
    /** Frames that say nothing. */
    IGNORED,
    /** Batches whose count disagrees. */
    COUNT_DISAGREED,
    /** Events with neither session nor user. */
    UNROUTABLE,
    /** Actions too late. */
    LATE,
    /** Actions seen before. */
    REPEATS,
    /** Blind intervals. */
    BLIND,
    /** Tours of other systems. */
    INBOUND,
    /** Sessions opened. */
    SESSIONS,
    /** Sessions awake now. */
    AWAKE,
    /** Sessions asleep now. */
    ASLEEP,
    /** Sessions woken. */
    WOKEN,
    /** Facts that reached Drools. */
    EVALUATED,
    /** Rules that failed. */
    RULE_FAILURES
  }

  private final AtomicLongArray counts = new AtomicLongArray(Of.values().length);
  private final AtomicLongArray rejected = new AtomicLongArray(RejectReason.values().length);

  /** Starts at nought. */
  public Counters() {}

  /**
   * Counts one.
   *
   * @param what of what
   */
  public void count(Of what) {
    add(what, 1);
  }

  /**
   * Counts several.
   *
   * @param what of what
   * @param n how many; may be negative for what is counted now
   */
  public void add(Of what, long n) {
    counts.addAndGet(what.ordinal(), n);
  }

  /**
   * Counts a rejection. Any thread may.
   *
   * @param reason why
   */
  public void reject(RejectReason reason) {
    rejected.incrementAndGet(reason.ordinal());
  }

  /**
   * {@return the count}
   *
   * @param what of what
   */
  public long get(Of what) {
    return counts.get(what.ordinal());
  }

  /**
   * {@return the sum over several lanes}
   *
   * @param lanes the lanes' counters
   * @param what of what
   */
  public static long sum(Iterable<Counters> lanes, Of what) {
    long sum = 0;
    for (Counters lane : lanes) {
      sum += lane.get(what);
    }
    return sum;
  }

  /**
   * {@return the rejections of several lanes, by reason; reasons that never occurred are absent}
   *
   * @param lanes the lanes' counters
   */
  public static Map<RejectReason, Long> rejected(Iterable<Counters> lanes) {
    Map<RejectReason, Long> sums = new EnumMap<>(RejectReason.class);
    for (Counters lane : lanes) {
      for (RejectReason reason : RejectReason.values()) {
        long n = lane.rejected.get(reason.ordinal());
        if (n > 0) {
          sums.merge(reason, n, Long::sum);
        }
      }
    }
    return sums.isEmpty() ? Map.of() : new HashMap<>(sums);
  }
}
