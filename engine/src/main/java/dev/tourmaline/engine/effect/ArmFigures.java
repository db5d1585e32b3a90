package dev.tourmaline.engine.effect;

import java.util.OptionalDouble;

/**
 * How many users of one arm reached the rule's goal.
 *
 * @param users the users whose window is over, those who reached the goal early included: until
 *     then nobody counts in either arm
 * @param successes how many of them reached the goal within the window that began at their first
 *     decision, both ends included
 */
public record ArmFigures(long users, long successes) {

  /** {@return the share of users who reached the goal, 0 to 1; empty without users} */
  public OptionalDouble rate() {
    return users == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) successes / users);
  }
}
