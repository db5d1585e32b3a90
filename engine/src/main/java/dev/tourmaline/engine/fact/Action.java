package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/** Fact: one user interface action. */
public final class Action implements Fact {

  private final SessionKey session;
  private final long at;

  Action(SessionKey session, long at) {
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
