package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/** Fact: a prose summary of the session. */
public final class Summary implements Fact {

  private final SessionKey session;
  private final long at;

  Summary(SessionKey session, long at) {
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
