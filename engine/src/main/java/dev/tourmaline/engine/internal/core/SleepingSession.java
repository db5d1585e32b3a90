package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;

/** A passivated user session: its key, and its state serialised as a {@link SessionLogs} log. */
final class SleepingSession extends SessionEntry {

  final byte[] log;

  SleepingSession(SessionKey key, byte[] log) {
    super(key);
    this.log = log;
  }
}
