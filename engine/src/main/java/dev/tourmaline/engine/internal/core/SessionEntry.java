package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;

/** The state of one user session in a lane's store: live objects, or a log of them in bytes. */
abstract sealed class SessionEntry extends TimerWheel.Entry permits UserSession, SleepingSession {

  /** {@return whose state it is} */
  public abstract SessionKey key();
}
