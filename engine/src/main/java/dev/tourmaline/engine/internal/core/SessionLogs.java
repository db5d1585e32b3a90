package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import java.util.function.Function;

/** The serialiser of passivated sessions: all their state to a versioned byte log and back. */
final class SessionLogs {

  private static final int VERSION = 3;

  private final Function<SessionKey, History> histories;
  private final SessionLog.Writer writer = new SessionLog.Writer();

  SessionLogs(Function<SessionKey, History> histories) {
    this.histories = histories;
  }

  byte[] save(UserSession session, RuleEvaluator evaluator) {
    writer.clear();
    writer.octet(VERSION);
    writer.text(session.userId);
    writer.count(session.openedAt);
    writer.number(session.lastEventAt - session.openedAt);
    writer.number(session.newestArrivedAt() - session.openedAt);
    writer.number(session.clock() - session.openedAt);
    writer.number(session.newest() - session.openedAt);
    writer.number(session.newest() - session.history.visitStart());
    writer.number(evaluator.retains(session) ? 1 : 0);
    session.history.write(writer);
    evaluator.save(session, writer);
    return writer.toBytes();
  }

  /**
   * Saves a session that a thread is stuck in: without what its rules retain, where the thread was
   * about to change that.
   */
  byte[] saveStuck(UserSession session, RuleEvaluator evaluator) {
    try {
      return save(session, evaluator);
    } catch (RuntimeException e) {
      session.ruleSession(null);
      return save(session, evaluator);
    }
  }

  /**
   * Wakes a session.
   *
   * @param rulesSince processing time at which the rules came into force: timers due before it do
   *     not fire
   */
  UserSession load(SessionKey key, byte[] log, RuleEvaluator evaluator, long rulesSince) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    int version = reader.octet();
    if (version != VERSION) {
      throw reader.damaged("version %d instead of %d".formatted(version, VERSION));
    }
    String userId = reader.text();
    long openedAt = reader.count();
    long lastEventAt = openedAt + reader.number();
    long newestArrivedAt = openedAt + reader.number();
    long clock = openedAt + reader.number();
    skip(reader, 3);
    History history = histories.apply(key);
    history.read(reader);
    UserSession session = new UserSession(key, history, userId, openedAt, lastEventAt);
    session.restoreClock(clock, newestArrivedAt);
    session.moveClockTo(session.clockAt(rulesSince));
    evaluator.load(session, history, reader);
    return session;
  }

  /** Whether a sleeping session retains actions for joins with later ones. */
  static boolean retains(byte[] log) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    reader.octet();
    reader.skipText();
    skip(reader, 6);
    return reader.number() != 0;
  }

  /**
   * Processing time at which an {@code Idle} or a {@code Dwell} of a sleeping session is due,
   * without waking it; the largest long for never.
   */
  static long dueAt(byte[] log, Timers timers, long rulesSince) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    reader.octet();
    reader.skipText();
    long openedAt = reader.count();
    reader.number();
    long newestArrivedAt = openedAt + reader.number();
    long clock = openedAt + reader.number();
    long newest = openedAt + reader.number();
    long visitStart = newest - reader.number();
    long clockThen = Math.max(clock, UserSession.clockAt(rulesSince, newest, newestArrivedAt));
    long due = timers.next(clockThen, newest, visitStart);
    return due == Long.MAX_VALUE ? due : UserSession.whenReached(due, newest, newestArrivedAt);
  }

  private static void skip(SessionLog.Reader reader, int numbers) {
    for (int i = 0; i < numbers; i++) {
      reader.number();
    }
  }

  /** A sleeping session's user, without waking it. */
  static String userOf(byte[] log) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    reader.octet();
    return reader.text();
  }

  /** When a sleeping session had its last event, without waking it. */
  static long lastEventAt(byte[] log) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    reader.octet();
    reader.skipText();
    return reader.count() + reader.number();
  }

  /** When a sleeping session ends if nothing more comes, without waking it. */
  static long endOf(byte[] log, SessionWindow window) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    reader.octet();
    reader.skipText();
    long openedAt = reader.count();
    long lastEventAt = openedAt + reader.number();
    return window.endOf(lastEventAt, openedAt);
  }
}
