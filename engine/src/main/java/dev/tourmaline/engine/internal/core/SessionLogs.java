package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import java.util.function.Function;

/**
 * The serialiser of passivated sessions: all their state to a log of bytes and back. A log is
 * versioned and self-contained: its {@link SessionHeader}, its history, and what its rules retain.
 */
final class SessionLogs {

  private final Function<SessionKey, History> histories;
  private final SessionLog.Writer writer = new SessionLog.Writer();

  SessionLogs(Function<SessionKey, History> histories) {
    this.histories = histories;
  }

  byte[] save(UserSession session, RuleEvaluator evaluator) {
    writer.clear();
    SessionHeader.write(session, evaluator, writer);
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
   * @param key its key, which the log holds too
   * @param rulesSince processing time at which the rules came into force: timers due before it do
   *     not fire
   */
  UserSession load(SessionKey key, byte[] log, RuleEvaluator evaluator, long rulesSince) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    SessionHeader header = SessionHeader.read(reader);
    History history = histories.apply(key);
    history.read(reader);
    UserSession session =
        new UserSession(
            key, history, SessionHeader.user(log), header.openedAt(), header.lastEventAt());
    session.restoreClock(header.clock(), header.newestArrivedAt());
    session.moveClockTo(session.clockAt(rulesSince));
    evaluator.load(session, history, reader);
    return session;
  }
}
