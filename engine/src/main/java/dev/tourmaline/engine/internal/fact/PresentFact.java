package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.session.SessionKey;

/** The fact of the present moment, of which no rule is told: what is asked between two events. */
public final class PresentFact extends HistoryFact {

  public PresentFact(SessionKey session, String userId, History history, long at) {
    super(session, userId, history, at, history.currentPath());
  }

  @Override
  public Class<SessionFact> type() {
    return SessionFact.class;
  }

  @Override
  public String identity() {
    return "present at " + getAt();
  }

  @Override
  public String toString() {
    return "Present[%s]".formatted(getPath());
  }
}
