package dev.tourmaline.engine.effect;

/**
 * Where the effect of a rule lies, as an interval that may be looked at as often as one likes: the
 * probability that it ever misses, at any look, is at most {@code 1 - confidence}. A confidence
 * sequence (Darling and Robbins, "Confidence sequences for mean, variance, and median", PNAS 1967),
 * here by betting (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by
 * betting", JRSS B 2024).
 *
 * @param low the lower end: rate of the treated less rate of the held out, -1 to 1
 * @param high the upper end, -1 to 1
 * @param confidence the probability to hold the effect at all looks, such as 0.95; higher where
 *     several rules share the chance of a false alarm
 */
public record Interval(double low, double high, double confidence) {

  /**
   * {@return whether a difference is within}
   *
   * @param difference rate of the treated less rate of the held out
   */
  public boolean contains(double difference) {
    return low <= difference && difference <= high;
  }
}
