package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;

/**
 * A browser's report on a tour.
 *
 * @param triggerId the trigger's id
 * @param session the session that reports
 * @param outcome what happened
 * @param step the tour's step, counted by its provider; 0 where it does not matter
 */
public record TourFeedback(String triggerId, SessionKey session, Outcome outcome, int step) {

  /** What can happen to a tour. */
  public enum Outcome {
    /** The tour is on the screen. */
    SHOWN,
    /** It still is; reported every 30 s. */
    RUNNING,
    /** The visitor reached a step. */
    STEP,
    /** The visitor finished it. */
    COMPLETED,
    /** The visitor closed it. */
    DISMISSED,
    /** The provider could not show it. */
    FAILED;

    /** {@return whether the tour is over with this outcome} */
    public boolean isFinal() {
      return this == COMPLETED || this == DISMISSED || this == FAILED;
    }
  }
}
