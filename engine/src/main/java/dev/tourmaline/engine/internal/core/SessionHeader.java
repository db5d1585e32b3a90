package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;

/**
 * What a session's log begins with, so that a sleeping session need not be woken to be found, to
 * fire in time, or to end. All times are in milliseconds since the epoch.
 *
 * @param openedAt processing time of its first event
 * @param lastEventAt processing time of its last one
 * @param newestArrivedAt processing time at which its newest action arrived
 * @param clock the session clock
 * @param newest event time of its newest action, or 0
 * @param visitStart event time of the first view of its current visit, or 0
 * @param retains whether its rules retain actions
 */
record SessionHeader(
    long openedAt,
    long lastEventAt,
    long newestArrivedAt,
    long clock,
    long newest,
    long visitStart,
    boolean retains) {

  static final int VERSION = 3;

  static void write(UserSession session, RuleEvaluator evaluator, SessionLog.Writer log) {
    log.octet(VERSION);
    log.text(session.key().productId());
    log.text(session.key().sessionId());
    log.text(session.userId);
    log.count(session.openedAt);
    log.number(session.lastEventAt - session.openedAt);
    log.number(session.newestArrivedAt() - session.lastEventAt);
    log.number(session.clock() - session.newestArrivedAt());
    log.number(session.newest() - session.clock());
    log.number(session.newest() - session.history.visitStart());
    log.octet(evaluator.retains(session) ? 1 : 0);
  }

  /** Reads it; the rest of the state follows. */
  static SessionHeader read(SessionLog.Reader log) {
    begin(log);
    log.skipText();
    log.skipText();
    log.skipText();
    long openedAt = log.count();
    long lastEventAt = openedAt + log.number();
    long newestArrivedAt = lastEventAt + log.number();
    long clock = newestArrivedAt + log.number();
    long newest = clock + log.number();
    long visitStart = newest - log.number();
    return new SessionHeader(
        openedAt, lastEventAt, newestArrivedAt, clock, newest, visitStart, log.octet() != 0);
  }

  static SessionHeader of(byte[] log) {
    return read(new SessionLog.Reader(log));
  }

  static SessionKey key(byte[] log) {
    SessionLog.Reader reader = begin(new SessionLog.Reader(log));
    String productId = reader.text();
    String sessionId = reader.text();
    if (productId.isBlank() || sessionId.isBlank()) {
      throw reader.damaged("no product or no session");
    }
    return new SessionKey(productId, sessionId);
  }

  static String user(byte[] log) {
    SessionLog.Reader reader = begin(new SessionLog.Reader(log));
    reader.skipText();
    reader.skipText();
    return reader.text();
  }

  private static SessionLog.Reader begin(SessionLog.Reader log) {
    int version = log.octet();
    if (version != VERSION) {
      throw log.damaged("version %d instead of %d".formatted(version, VERSION));
    }
    return log;
  }

  /**
   * Processing time at which an {@code Idle} or a {@code Dwell} is due; the largest long for never.
   *
   * @param rulesSince processing time at which the rules came into force
   */
  long dueAt(Timers timers, long rulesSince) {
    long clockThen = Math.max(clock, UserSession.clockAt(rulesSince, newest, newestArrivedAt));
    long due = timers.next(clockThen, newest, visitStart);
    return due == Long.MAX_VALUE ? due : UserSession.whenReached(due, newest, newestArrivedAt);
  }
}
