package dev.tourmaline.engine.effect;

/**
 * Whether as many users were held out as should have been: the check for a sample ratio mismatch
 * (Fabijan et al., "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019).
 * Where users went missing from one arm more than from the other, rates cannot be compared. May be
 * looked at as often as one likes (Lindon and Malek, "Anytime-Valid Inference for Multinomial Count
 * Data", NeurIPS 2022).
 *
 * @param users the users of both arms, waiting ones included, excluded ones not
 * @param heldOut how many of them are held out
 * @param expectedHeldOut how many the configured shares would make of so many users
 * @param evidence by how much the counts speak against the configured share, as a factor: with the
 *     share as configured, the probability that it ever gets as high as {@code x} is at most {@code
 *     1 / x}
 * @param isMismatch whether the evidence is at least {@value #LIMIT}, which chance alone brings
 *     about in one experiment of a thousand, however often one looks
 */
public record RatioCheck(
    long users, long heldOut, double expectedHeldOut, double evidence, boolean isMismatch) {

  /** The evidence from which on the figures are not trusted. */
  public static final double LIMIT = 1_000;
}
