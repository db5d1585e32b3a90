package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;

/** A user session at rest: who it is, and its log. */
final class SleepingSession extends Resident {

  final byte[] log;

  SleepingSession(SessionKey key, byte[] log) {
    super(key);
    this.log = log;
  }
}
