package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/** Fact: the user has done nothing for a while. */
public final class Idle implements Fact {

  private final SessionKey session;
  private final long at;

  Idle(SessionKey session, long at) {
    this.session = session;
    this.at = at;
  }

  @Override
  public SessionKey getSession() {
    return session;
  }

  @Override
  public long getAt() {
    return at;
  }
}
