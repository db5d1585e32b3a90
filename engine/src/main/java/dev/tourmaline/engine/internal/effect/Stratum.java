package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;

/**
 * Users who were assigned with the same holdout share and are looked at against the same guess of
 * the base rate: what an outcome is worth was fixed before any of them was counted. Four counts.
 */
final class Stratum {

  private final double holdout;
  private final double guess;

  /** By arm: those who did not reach the goal, then those who did. */
  private final long[] users = new long[2 * Arm.values().length];

  /**
   * Makes a stratum without users.
   *
   * @param holdout the probability to be held out, above 0 and below 1
   * @param guess what the rate of success may be, above 0 and below 1; a bad guess costs width of
   *     the interval, never its truth
   */
  Stratum(double holdout, double guess) {
    this.holdout = holdout;
    this.guess = guess;
  }

  Stratum copy() {
    Stratum copy = new Stratum(holdout, guess);
    System.arraycopy(users, 0, copy.users, 0, users.length);
    return copy;
  }

  /** Counts a user in, or with -1 out again. */
  void count(Arm arm, boolean success, int change) {
    users[cell(arm, success)] += change;
  }

  long users(Arm arm) {
    return users[cell(arm, false)] + users[cell(arm, true)];
  }

  long successes(Arm arm) {
    return users[cell(arm, true)];
  }

  double holdout() {
    return holdout;
  }

  double guess() {
    return guess;
  }

  /** {@return how far an outcome can lie from zero on one side} */
  double farthest(int side) {
    return Math.max(
        Math.max(side * worth(Arm.TREATED, true), side * worth(Arm.TREATED, false)),
        Math.max(side * worth(Arm.HELD_OUT, true), side * worth(Arm.HELD_OUT, false)));
  }

  /** {@return what to stake for an effect of one standard deviation of an outcome} */
  double stakePerSize() {
    return holdout * (1 - holdout) / Math.sqrt(guess * (1 - guess));
  }

  /** {@return the logarithm of what a stake on outcomes above a difference has come to} */
  double logCapital(double stake, double difference) {
    double sum = 0;
    for (Arm arm : Arm.values()) {
      for (boolean success : new boolean[] {false, true}) {
        long count = users[cell(arm, success)];
        if (count != 0) {
          sum += count * Math.log(1 + stake * (worth(arm, success) - difference));
        }
      }
    }
    return sum;
  }

  private double worth(Arm arm, boolean success) {
    double above = (success ? 1 : 0) - guess;
    return arm == Arm.TREATED ? above / (1 - holdout) : -above / holdout;
  }

  private static int cell(Arm arm, boolean success) {
    return 2 * arm.ordinal() + (success ? 1 : 0);
  }
}
