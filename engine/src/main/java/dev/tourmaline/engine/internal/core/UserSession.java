package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.EvaluatedSession;
import dev.tourmaline.engine.internal.drools.runtime.RuleSession;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * An active user session: its history, its Drools session if it needs one, and its clock, which is
 * event time carried on by the processing time that has passed since.
 */
final class UserSession extends SessionEntry implements EvaluatedSession {

  /** What passes between an action and its arrival without anybody being idle: batching. */
  private static final long GRACE_MILLIS = 15_000;

  static final int NOWHERE = -1;

  final History history;
  String userId;

  /** This machine's time of the first event, and of the last one of any kind. */
  final long openedAt;

  long lastEventAt;

  /** This machine's time at which the newest action arrived. */
  private long newestArrivedAt;

  private long clock;
  private @Nullable RuleSession ruleSession;

  /** Where it stands among those that are awake, and whether it was used since the last look. */
  int place = NOWHERE;

  boolean used = true;

  /** Whether an event is at work on it: its timers are not settled, it must not fall asleep. */
  boolean busy;

  UserSession(SessionKey key, History history, String userId, long openedAt, long lastEventAt) {
    super(key);
    this.history = history;
    this.userId = userId;
    this.openedAt = openedAt;
    this.lastEventAt = lastEventAt;
    this.newestArrivedAt = openedAt;
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

  /** This machine's time at which something is due though no event comes. */
  long dueAt = Long.MAX_VALUE;

  boolean isAwake() {
    return place != NOWHERE;
  }

  long newestArrivedAt() {
    return newestArrivedAt;
  }

  /** The session clock as it would be at a time, without setting it. */
  long clockAt(long now) {
    if (history.isEmpty()) {
      return clock;
    }
    return Math.max(clock, clockAt(now, history.newest(), newestArrivedAt));
  }

  static long clockAt(long now, long newest, long newestArrivedAt) {
    return newest + Math.max(0, now - newestArrivedAt - GRACE_MILLIS);
  }

  /** This machine's time at which the session clock reaches a value, all else staying quiet. */
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
