package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;

/** A user session in a lane's registry, awake or asleep. */
abstract sealed class Resident extends TimerWheel.Entry permits UserSession, SleepingSession {

  private final SessionKey key;

  Resident(SessionKey key) {
    this.key = key;
  }

  public SessionKey key() {
    return key;
  }
}
