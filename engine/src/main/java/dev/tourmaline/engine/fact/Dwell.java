package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/** Fact: the user has been on one page for a while. */
public final class Dwell implements Fact {

  private final SessionKey session;
  private final long at;

  Dwell(SessionKey session, long at) {
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
