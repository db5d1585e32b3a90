package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.EvaluatedSession;
import dev.tourmaline.engine.internal.drools.runtime.RuleSession;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * An active user session: its history, its Drools session if it needs one, and its clock, which is
 * event time advanced by the processing time that has passed since.
 */
final class UserSession extends SessionEntry implements EvaluatedSession {

  /**
   * The delay between an action and its arrival that batching explains, so that it is no
   * inactivity.
   */
  private static final long GRACE_MILLIS = 15_000;

  static final int NOWHERE = -1;

  private final SessionKey key;
  final History history;
  String userId;

  /** Processing time of the first event, and of the last one of any kind. */
  final long openedAt;

  long lastEventAt;

  /** Processing time at which the newest action arrived. */
  private long newestArrivedAt;

  private long clock;
  private @Nullable RuleSession ruleSession;

  /** Index in the list of awake sessions, and the reference bit of CLOCK eviction. */
  int place = NOWHERE;

  boolean used = true;

  /** Whether it is pinned awake: an event is being evaluated in it. */
  boolean pinned;

  /** What it takes of the heap, as it was estimated last. */
  long bytes;

  /** Index among the sessions that the present frame touches. */
  int touchedAs = NOWHERE;

  UserSession(SessionKey key, History history, String userId, long openedAt, long lastEventAt) {
    this.key = key;
    this.history = history;
    this.userId = userId;
    this.openedAt = openedAt;
    this.lastEventAt = lastEventAt;
    this.newestArrivedAt = openedAt;
  }

  @Override
  public SessionKey key() {
    return key;
  }

  @Override
  public long clock() {
    return clock;
  }

  @Override
  public long newest() {
    return history.newest();
  }

  @Override
  public @Nullable RuleSession ruleSession() {
    return ruleSession;
  }

  @Override
  public void ruleSession(@Nullable RuleSession session) {
    ruleSession = session;
  }

  /** Processing time of the next timer, as long as no event comes. */
  long dueAt = Long.MAX_VALUE;

  boolean isAwake() {
    return place != NOWHERE;
  }

  long newestArrivedAt() {
    return newestArrivedAt;
  }

  /** The session clock at a processing time, without setting it. */
  long clockAt(long now) {
    if (history.isEmpty()) {
      return clock;
    }
    return Math.max(clock, clockAt(now, history.newest(), newestArrivedAt));
  }

  static long clockAt(long now, long newest, long newestArrivedAt) {
    return newest + Math.max(0, now - newestArrivedAt - GRACE_MILLIS);
  }

  /** Processing time at which the session clock reaches a value, if no event comes. */
  long whenClockReaches(long value) {
    if (history.isEmpty()) {
      return value + GRACE_MILLIS;
    }
    return whenReached(value, history.newest(), newestArrivedAt);
  }

  static long whenReached(long value, long newest, long newestArrivedAt) {
    return newestArrivedAt + GRACE_MILLIS + (value - newest);
  }

  void moveClockTo(long value) {
    clock = Math.max(clock, value);
  }

  /** Notes that the newest action has just arrived; the clock stands at its time or later. */
  void newestArrived(long now) {
    newestArrivedAt = now;
    moveClockTo(history.newest());
  }

  void restoreClock(long savedClock, long savedNewestArrivedAt) {
    clock = savedClock;
    newestArrivedAt = savedNewestArrivedAt;
  }
}
