package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.fact.History;
import dev.tourmaline.engine.internal.drools.RuleEvaluator;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLog;
import java.util.function.Function;

/** Puts user sessions to rest as bytes and wakes them with exactly the state they had. */
final class SessionLogs {

  private static final int VERSION = 1;

  private final Function<SessionKey, History> histories;
  private final SessionLog.Writer writer = new SessionLog.Writer();

  SessionLogs(Function<SessionKey, History> histories) {
    this.histories = histories;
  }

  byte[] save(UserSession session, RuleEvaluator evaluator) {
    writer.clear();
    writer.number(VERSION);
    writer.text(session.userId);
    writer.number(session.openedAt);
    writer.number(session.lastEventAt - session.openedAt);
    writer.number(session.newestArrivedAt() - session.openedAt);
    writer.number(session.clock() - session.openedAt);
    session.history.write(writer);
    evaluator.save(session, writer);
    return writer.toBytes();
  }

  UserSession load(SessionKey key, byte[] log, RuleEvaluator evaluator) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    long version = reader.number();
    if (version != VERSION) {
      throw new IllegalStateException(
          "session %s was written in version %d, this is version %d"
              .formatted(key, version, VERSION));
    }
    String userId = reader.text();
    long openedAt = reader.number();
    long lastEventAt = openedAt + reader.number();
    long newestArrivedAt = openedAt + reader.number();
    long clock = openedAt + reader.number();
    History history = histories.apply(key);
    history.read(reader);
    UserSession session = new UserSession(key, history, userId, openedAt, lastEventAt);
    session.restoreClock(clock, newestArrivedAt);
    evaluator.load(session, history, reader);
    return session;
  }

  /** A sleeping session's user, without waking it. */
  static String userOf(byte[] log) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    reader.number();
    return reader.text();
  }

  /** When a sleeping session ends if nothing more comes, without waking it. */
  static long endOf(byte[] log, long idleTimeout, long maxAge) {
    SessionLog.Reader reader = new SessionLog.Reader(log);
    reader.number();
    reader.skipText();
    long openedAt = reader.number();
    long lastEventAt = openedAt + reader.number();
    return Math.min(lastEventAt + idleTimeout, openedAt + maxAge) + 1;
  }
}
