package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/** Fact: what became of a tour. */
public final class TourOutcome implements Fact {

  private final SessionKey session;
  private final long at;

  TourOutcome(SessionKey session, long at) {
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
