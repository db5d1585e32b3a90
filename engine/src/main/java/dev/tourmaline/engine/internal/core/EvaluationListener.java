package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.session.SessionKey;

/** The output port of a {@link SessionCore}. Called on the thread that drives the core. */
public interface EvaluationListener {

  /** Rules have offered tours. */
  void evaluated(Evaluation evaluation);

  /** A session's user has become known or has changed. */
  void userKnown(SessionKey session, String userId);

  /**
   * Another system has started a tour.
   *
   * @param userId the session's user as far as this core knows, or empty text
   */
  default void inbound(TriggerEvent event, SessionKey session, String userId) {}
}
