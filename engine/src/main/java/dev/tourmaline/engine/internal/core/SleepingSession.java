package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;
import org.jspecify.annotations.Nullable;

/** A passivated user session: its key and its state, serialised as a {@link SessionLogs} log. */
final class SleepingSession extends SessionEntry {

  final byte[] log;

  /** Its neighbours in the order in which sessions fell asleep. */
  @Nullable SleepingSession older;

  @Nullable SleepingSession newer;

  SleepingSession(byte[] log) {
    this.log = log;
  }

  /** Read from the log each time. */
  @Override
  public SessionKey key() {
    return SessionHeader.key(log);
  }
}
