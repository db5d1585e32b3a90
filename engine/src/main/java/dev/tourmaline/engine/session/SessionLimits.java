package dev.tourmaline.engine.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The windowing of sessions and the bounds of their state. Immutable and thread-safe.
 *
 * @param idleTimeout the inactivity gap: a session without an event for this long has ended;
 *     default 30 minutes
 * @param maxAge a session older than this has ended; default 24 hours
 * @param sleepAfter a session without an event for this long is put to sleep: serialised to a
 *     compact log until its next event or timer; default 2 minutes
 * @param historySize how many actions of a session are remembered, the newest ones; default 1000
 * @param historyAge how far back a session's actions are remembered; default 24 hours, at most 24
 *     days
 * @param maxAwake how many sessions an engine or a replay keeps awake, all its lanes together,
 *     before those not used lately are put to sleep (CLOCK eviction); default one for each 10,000
 *     bytes of the heap, at least 1,000
 * @param maxSessions how many sessions an engine or a replay keeps, awake and asleep, all its lanes
 *     together, each of which has an equal share; beyond it those asleep for longest end before
 *     their time, counted as {@link dev.tourmaline.engine.listener.EngineStats#evicted}; default
 *     2,000,000
 * @param maxBytes how many bytes of the heap all sessions together may take, as far as the engine
 *     can estimate it, their keys included, in equal shares of the lanes; beyond it awake ones are
 *     put to sleep until they take half, then those asleep for longest end, likewise counted, and a
 *     session that takes a sixteenth of its lane's share begins anew; default half of the heap
 */
public record SessionLimits(
    Duration idleTimeout,
    Duration maxAge,
    Duration sleepAfter,
    int historySize,
    Duration historyAge,
    int maxAwake,
    int maxSessions,
    long maxBytes) {

  private static final int MOST_SESSIONS = 2_000_000;
  private static final Duration MOST_HISTORY = Duration.ofDays(24);
  private static final long HEAP_FOR_A_SESSION = 10_000;
  private static final long LEAST_AWAKE = 1_000;

  /**
   * Checks every limit.
   *
   * @param idleTimeout positive
   * @param maxAge positive
   * @param sleepAfter positive
   * @param historySize at least 1
   * @param historyAge positive, at most 24 days
   * @param maxAwake at least 1
   * @param maxSessions at least 1
   * @param maxBytes at least 1
   * @throws IllegalArgumentException naming every limit that is out of range
   */
  public SessionLimits {
    List<String> faults = new ArrayList<>();
    positive(faults, "idleTimeout", idleTimeout);
    positive(faults, "maxAge", maxAge);
    positive(faults, "sleepAfter", sleepAfter);
    positive(faults, "historyAge", historyAge);
    if (historyAge.compareTo(MOST_HISTORY) > 0) {
      faults.add("historyAge is " + historyAge + ", it must be at most " + MOST_HISTORY);
    }
    atLeastOne(faults, "historySize", historySize);
    atLeastOne(faults, "maxAwake", maxAwake);
    atLeastOne(faults, "maxSessions", maxSessions);
    atLeastOne(faults, "maxBytes", maxBytes);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  /**
   * Limits with the default bounds of all sessions' number and bytes.
   *
   * @param idleTimeout positive
   * @param maxAge positive
   * @param sleepAfter positive
   * @param historySize at least 1
   * @param historyAge positive, at most 24 days
   * @param maxAwake at least 1
   * @throws IllegalArgumentException naming every limit that is out of range
   */
  public SessionLimits(
      Duration idleTimeout,
      Duration maxAge,
      Duration sleepAfter,
      int historySize,
      Duration historyAge,
      int maxAwake) {
    this(
        idleTimeout,
        maxAge,
        sleepAfter,
        historySize,
        historyAge,
        maxAwake,
        MOST_SESSIONS,
        Runtime.getRuntime().maxMemory() / 2);
  }

  /** {@return the defaults, as each component states them} */
  public static SessionLimits defaults() {
    long heap = Runtime.getRuntime().maxMemory();
    return new SessionLimits(
        Duration.ofMinutes(30),
        Duration.ofHours(24),
        Duration.ofMinutes(2),
        1000,
        Duration.ofHours(24),
        (int) Math.max(LEAST_AWAKE, Math.min(Integer.MAX_VALUE, heap / HEAP_FOR_A_SESSION)));
  }

  /**
   * {@return these limits with another time before a quiet session is put to sleep}
   *
   * @param duration the time without an event, positive
   */
  public SessionLimits withSleepAfter(Duration duration) {
    return new SessionLimits(
        idleTimeout, maxAge, duration, historySize, historyAge, maxAwake, maxSessions, maxBytes);
  }

  /**
   * {@return these limits with another number of sessions kept awake}
   *
   * @param sessions how many, at least 1
   */
  public SessionLimits withMaxAwake(int sessions) {
    return new SessionLimits(
        idleTimeout, maxAge, sleepAfter, historySize, historyAge, sessions, maxSessions, maxBytes);
  }

  /**
   * {@return these limits with another number of sessions kept, awake and asleep}
   *
   * @param sessions how many, at least 1
   */
  public SessionLimits withMaxSessions(int sessions) {
    return new SessionLimits(
        idleTimeout, maxAge, sleepAfter, historySize, historyAge, maxAwake, sessions, maxBytes);
  }

  /**
   * {@return these limits with another bound of the heap that all sessions together take}
   *
   * @param bytes how many bytes, at least 1
   */
  public SessionLimits withMaxBytes(long bytes) {
    return new SessionLimits(
        idleTimeout, maxAge, sleepAfter, historySize, historyAge, maxAwake, maxSessions, bytes);
  }

  /**
   * {@return these limits with another number of remembered actions}
   *
   * @param actions how many, at least 1
   */
  public SessionLimits withHistorySize(int actions) {
    return new SessionLimits(
        idleTimeout, maxAge, sleepAfter, actions, historyAge, maxAwake, maxSessions, maxBytes);
  }

  /**
   * {@return an even share of these limits: of the sessions there may be, and of their bytes}
   *
   * @param shares how many there are, at least 1
   */
  public SessionLimits dividedBy(int shares) {
    return withMaxAwake(Math.max(1, maxAwake / shares))
        .withMaxSessions(Math.max(1, maxSessions / shares))
        .withMaxBytes(Math.max(1, maxBytes / shares));
  }

  private static void atLeastOne(List<String> faults, String name, long value) {
    if (value < 1) {
      faults.add(name + " is " + value + ", it must be at least 1");
    }
  }

  private static void positive(List<String> faults, String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      faults.add(name + " is " + value + ", it must be positive");
    }
  }
}
