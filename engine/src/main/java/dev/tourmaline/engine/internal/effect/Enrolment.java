package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;

/**
 * What is known of one user in one experiment.
 *
 * @param state how far it has come
 * @param arm the arm of the first decision; of no matter once excluded
 * @param at when that was, in milliseconds of the epoch; to the second once the window is over
 * @param reached when the goal was first reached within the window, or {@link #NEVER}
 * @param place of one who waits, the number of the holdout share that he was assigned with; of one
 *     who is counted, the number of his stratum
 */
record Enrolment(State state, Arm arm, long at, long reached, int place) {

  static final long NEVER = Long.MAX_VALUE;

  /** How far an enrolment has come. */
  enum State {
    /** The window is not over. */
    WAITING,
    /** The window is over, the outcome is in the figures. */
    COUNTED,
    /** A tester, never counted. */
    TESTER,
    /** Was in both arms, never counted. */
    BOTH_ARMS
  }

  boolean isExcluded() {
    return state == State.TESTER || state == State.BOTH_ARMS;
  }

  boolean isSuccess() {
    return reached != NEVER;
  }

  Enrolment excluded(State why) {
    return new Enrolment(why, arm, at, NEVER, 0);
  }

  /**
   * Joins what was known of one person under two names: the first decision stands, with the goal if
   * it was reached within its window under either name. In whatever order names are joined, the
   * outcome is the same.
   *
   * @param window the experiment's, in milliseconds
   */
  Enrolment join(Enrolment other, long window) {
    if (state == State.TESTER || other.state == State.TESTER) {
      return excluded(State.TESTER);
    }
    if (isExcluded() || other.isExcluded() || arm != other.arm) {
      return excluded(State.BOTH_ARMS);
    }
    Enrolment first = isBefore(other) ? this : other;
    if (state != State.WAITING || other.state != State.WAITING) {
      return first;
    }
    long earliest = Math.min(reached, other.reached);
    return new Enrolment(
        State.WAITING,
        arm,
        first.at,
        earliest <= first.at + window ? earliest : NEVER,
        first.place);
  }

  private boolean isBefore(Enrolment other) {
    if (state != other.state) {
      // The window of one who is counted was over first.
      return state == State.COUNTED;
    }
    if (at != other.at) {
      return at < other.at;
    }
    return reached != other.reached ? reached < other.reached : place <= other.place;
  }
}
