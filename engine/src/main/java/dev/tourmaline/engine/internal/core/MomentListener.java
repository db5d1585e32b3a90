package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;

/** Is told what a core finds. Called on the core's thread. */
public interface MomentListener {

  /**
   * Rules have offered tours.
   *
   * @param moment the moment
   */
  void moment(Moment moment);

  /**
   * A session's user has become known, or is another one now.
   *
   * @param session the session
   * @param userId the user
   */
  void userKnown(SessionKey session, String userId);
}
