package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;

/**
 * How a visitor has taken one tour or invitation. Immutable.
 *
 * @param kind how
 * @param flowId which flow
 * @param session in which session
 * @param vouched whether that session is vouched for as the user's
 * @param at when
 * @param until how long it holds its flow back by itself; {@code at} where it does not
 */
record Answer(
    Kind kind, String flowId, SessionKey session, boolean vouched, Instant at, Instant until) {

  private static final Kind[] KINDS = Kind.values();

  /** How a tour or an invitation was taken. */
  enum Kind {
    COMPLETED,
    DISMISSED,
    FAILED,
    SNOOZED
  }

  Answer vouched(boolean vouched) {
    return new Answer(kind, flowId, session, vouched, at, until);
  }

  void write(SessionLog.Writer log) {
    log.octet(2 * kind.ordinal() + (vouched ? 1 : 0));
    log.text(flowId);
    log.text(session.sessionId());
    log.number(at.toEpochMilli());
    log.number(until.toEpochMilli() - at.toEpochMilli());
  }

  static Answer read(String productId, SessionLog.Reader log) {
    int tag = log.index(log.octet(), 2 * KINDS.length);
    String flowId = log.text();
    SessionKey session = UserRecord.session(productId, log);
    long at = log.number();
    return new Answer(
        KINDS[tag / 2],
        flowId,
        session,
        tag % 2 == 1,
        Instant.ofEpochMilli(at),
        Instant.ofEpochMilli(at + log.number()));
  }
}
