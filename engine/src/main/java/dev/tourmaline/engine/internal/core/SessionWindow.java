package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionLimits;

/**
 * The session window: when a session ends, in processing time.
 *
 * @param idleTimeout its inactivity gap, in milliseconds
 * @param maxAge its longest life, in milliseconds
 */
record SessionWindow(long idleTimeout, long maxAge) {

  static SessionWindow of(SessionLimits limits) {
    return new SessionWindow(limits.idleTimeout().toMillis(), limits.maxAge().toMillis());
  }

  boolean hasEnded(UserSession session, long now) {
    return now >= endOf(session);
  }

  /** The first millisecond at which a session has ended, if nothing more comes. */
  long endOf(UserSession session) {
    return endOf(session.lastEventAt, session.openedAt);
  }

  /** The same, without waking it. */
  long endOf(SleepingSession session) {
    SessionHeader header = SessionHeader.of(session.log);
    return endOf(header.lastEventAt(), header.openedAt());
  }

  private long endOf(long lastEventAt, long openedAt) {
    return Math.min(lastEventAt + idleTimeout, openedAt + maxAge) + 1;
  }
}
