package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;
import org.jspecify.annotations.Nullable;

/** A passivated user session: its key, and its state serialised as a {@link SessionLogs} log. */
final class SleepingSession extends SessionEntry {

  final byte[] log;

  /** Its neighbours in the order in which sessions fell asleep. */
  @Nullable SleepingSession older;

  @Nullable SleepingSession newer;

  SleepingSession(SessionKey key, byte[] log) {
    super(key);
    this.log = log;
  }
}
