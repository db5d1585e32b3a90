package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.session.SessionKey;

/** The output port of a {@link SessionCore}. Called on the thread that drives the core. */
public interface EvaluationListener {

  /** Rules have offered tours. */
  void evaluated(Evaluation evaluation);

  /**
   * An event has claimed a session for a user, another than the one before.
   *
   * @param before who was its user until now, or empty text
   * @param now this machine's time, or the replay's, in milliseconds since the epoch
   */
  void userKnown(SessionKey session, String userId, String before, long now);

  /**
   * A visitor has acted; called of every action that was taken in, after its evaluation.
   *
   * @param userId the session's user, or empty text
   * @param kind the kind of the action, by number
   * @param path the path of its page
   * @param now this machine's time, or the replay's, in milliseconds since the epoch
   */
  default void acted(SessionKey session, String userId, int kind, String path, long now) {}

  /**
   * Another system has started a tour.
   *
   * @param userId the session's user as far as this core knows, or empty text
   */
  default void inbound(TriggerEvent event, SessionKey session, String userId) {}
}
