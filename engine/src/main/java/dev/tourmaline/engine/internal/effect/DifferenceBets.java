package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Interval;

/**
 * The confidence sequence for the difference of two rates, by betting.
 *
 * <p>Chance treats a user with probability {@code p}. His outcome {@code Y}, 0 or 1, becomes {@code
 * Z = (Y - m) / p} if he is treated and {@code Z = -(Y - m) / (1 - p)} if he is held out, whose
 * mean is the effect exactly, whatever the base rate is, however it wanders from day to day and
 * whatever {@code m} was chosen beforehand (inverse propensity weighting with a control variate).
 * Against the claim that the effect is {@code d}, gamblers stake a fraction {@code l} of their
 * capital on {@code Z} above {@code d}, and others on below: a capital is the product of {@code 1 +
 * l (Z - d)} over all users. If the claim is true these are martingales, and by Ville's inequality
 * the mean capital on one side ever exceeds {@code 2 / alpha} with probability {@code alpha / 2} at
 * most. The interval is what both sides leave of all claims (Waudby-Smith and Ramdas, "Estimating
 * means of bounded random variables by betting", JRSS B 2024); it is one, since the capital that
 * bets on above falls in {@code d}. No approximation is in it: it holds from the first user on.
 *
 * <p>A gambler plays for an effect of a given size, {@link #SIZES} standard deviations of an
 * outcome, at the stake {@code effect / variance} that then makes rich fastest (Kelly, "A New
 * Interpretation of Information Rate", 1956), but never so much that he could lose all. Since
 * {@code Z} takes four values only, the counts of a {@link Stratum} are all that need be kept.
 */
final class DifferenceBets {

  /** Effects that are bet on, in standard deviations of an outcome. */
  private static final double[] SIZES = {0.02, 0.04, 0.08, 0.16, 0.32, 0.64};

  /** The largest part of what would be ruinous that is staked. */
  private static final double PRUDENCE = 0.9;

  /** How exactly the ends of an interval are found. */
  private static final double PRECISION = 1e-6;

  private DifferenceBets() {}

  /** {@return the differences that nobody has got rich against} */
  static Interval interval(Iterable<Stratum> strata, double alpha) {
    return new Interval(end(strata, 1, alpha / 2), -end(strata, -1, alpha / 2), 1 - alpha);
  }

  /** {@return whether an interval would hold a difference; cheaper than the interval} */
  static boolean holds(Iterable<Stratum> strata, double difference, double alpha) {
    double limit = Math.log(2 / alpha);
    return logCapital(strata, 1, difference) < limit && logCapital(strata, -1, difference) < limit;
  }

  /** Finds by bisection where the falling capital of one side crosses its limit. */
  private static double end(Iterable<Stratum> strata, int side, double alpha) {
    double limit = -Math.log(alpha);
    double refuted = -1;
    double held = 1;
    if (logCapital(strata, side, side * refuted) < limit) {
      return refuted;
    }
    while (held - refuted > PRECISION) {
      double middle = (refuted + held) / 2;
      if (logCapital(strata, side, side * middle) < limit) {
        held = middle;
      } else {
        refuted = middle;
      }
    }
    return refuted;
  }

  /**
   * {@return the logarithm of the mean capital of those who bet on one side of a difference}
   *
   * @param side 1 for above, -1 for below
   */
  private static double logCapital(Iterable<Stratum> strata, int side, double difference) {
    double[] capitals = new double[SIZES.length];
    for (Stratum stratum : strata) {
      double ruinous = 1 / (1 + stratum.farthest(-side));
      for (int i = 0; i < SIZES.length; i++) {
        double stake = Math.min(SIZES[i] * stratum.stakePerSize(), PRUDENCE * ruinous);
        capitals[i] += stratum.logCapital(side * stake, difference);
      }
    }
    return LogSum.of(capitals) - Math.log(SIZES.length);
  }
}
