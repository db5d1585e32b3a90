package dev.tourmaline.engine.internal.effect;

/**
 * A sequential test of whether arms have the sizes that chance should make of them.
 *
 * <p>The likelihood of the order of assignments, averaged over a Beta distribution of shares around
 * the configured one, against the likelihood under the configured share itself: a martingale that
 * starts at 1 if the share is as configured (Lindon and Malek, "Anytime-Valid Inference for
 * Multinomial Count Data", NeurIPS 2022, of which this is the case of two arms). The counts are all
 * its state.
 */
final class RatioTest {

  /** How closely shares are looked for around the configured one, as a number of users. */
  private static final double CONCENTRATION = 100;

  private RatioTest() {}

  /** {@return the logarithm of the evidence against a share} */
  static double logEvidence(long heldOut, long treated, double holdout) {
    double a = CONCENTRATION * holdout;
    double b = CONCENTRATION * (1 - holdout);
    return LogGamma.beta(a + heldOut, b + treated)
        - LogGamma.beta(a, b)
        - heldOut * Math.log(holdout)
        - treated * Math.log1p(-holdout);
  }
}
