package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.effect.ArmFigures;
import dev.tourmaline.engine.effect.Interval;
import dev.tourmaline.engine.effect.RatioCheck;
import dev.tourmaline.engine.effect.RuleEffect;
import dev.tourmaline.engine.effect.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The figures of one experiment at one time, and what they say.
 *
 * @param rule the rule
 * @param terms what is compared
 * @param strata the counted users
 * @param waiting the users who are not counted yet, by the share that they were assigned with
 * @param testers excluded
 * @param bothArms excluded
 * @param notEnrolled decisions not taken in
 */
record ExperimentFigures(
    String rule,
    ExperimentTerms terms,
    Strata strata,
    List<Waiting> waiting,
    long testers,
    long bothArms,
    long notEnrolled) {

  /** The difference that an experiment is asked to see. */
  private static final double TEN_POINTS = 0.1;

  /** The normal quantile of four in five. */
  private static final double POWER = 0.84;

  /** What it costs not to know the size of an effect beforehand, in logarithms; measured. */
  private static final double UNKNOWN_SIZE = 0.9;

  /**
   * Users who wait.
   *
   * @param holdout the share that they were assigned with
   * @param treated how many are treated
   * @param heldOut how many are held out
   */
  record Waiting(double holdout, long treated, long heldOut) {}

  boolean compares() {
    return terms.compares() || strata.size() > 0;
  }

  /**
   * {@return what the figures say}
   *
   * @param alpha how often the interval may ever miss the effect
   */
  RuleEffect effect(double alpha) {
    ArmFigures treated = strata.figures(Arm.TREATED);
    ArmFigures heldOut = strata.figures(Arm.HELD_OUT);
    Interval interval = DifferenceBets.interval(strata, alpha);
    RatioCheck ratio = ratio();
    long needed = usersNeeded(treated, heldOut, alpha);
    Verdict verdict = verdict(treated, heldOut, interval, ratio, needed);
    return new RuleEffect(
        rule,
        terms.goal(),
        terms.window(),
        terms.holdout(),
        treated,
        heldOut,
        difference(),
        interval,
        waiting.stream().mapToLong(each -> each.treated() + each.heldOut()).sum(),
        testers,
        bothArms,
        notEnrolled,
        ratio,
        visibleDifference(treated, heldOut, alpha),
        needed,
        verdict,
        remark(verdict, treated.users() + heldOut.users(), interval, ratio, needed));
  }

  private Verdict verdict(
      ArmFigures treated, ArmFigures heldOut, Interval interval, RatioCheck ratio, long needed) {
    if (ratio.isMismatch()) {
      return Verdict.NOT_TRUSTWORTHY;
    }
    if (interval.low() > 0) {
      return Verdict.BETTER;
    }
    if (interval.high() < 0) {
      return Verdict.WORSE;
    }
    return needed == 0 || treated.users() + heldOut.users() < needed
        ? Verdict.TOO_FEW_USERS
        : Verdict.NO_DIFFERENCE_YET;
  }

  /** One mixture for each share; their product is a martingale as each of them is. */
  private RatioCheck ratio() {
    long users = 0;
    long heldOut = 0;
    double expected = 0;
    double logEvidence = 0;
    for (Waiting share : waiting) {
      long in = share.treated();
      long out = share.heldOut();
      for (Stratum stratum : strata) {
        if (stratum.holdout() == share.holdout()) {
          in += stratum.users(Arm.TREATED);
          out += stratum.users(Arm.HELD_OUT);
        }
      }
      users += in + out;
      heldOut += out;
      expected += share.holdout() * (in + out);
      logEvidence += RatioTest.logEvidence(out, in, share.holdout());
    }
    double evidence = Math.exp(logEvidence);
    return new RatioCheck(users, heldOut, expected, evidence, evidence >= RatioCheck.LIMIT);
  }

  /** Compares within each share, so that a share that changes with the season does no harm. */
  private OptionalDouble difference() {
    double sum = 0;
    long users = 0;
    for (double holdout : waiting.stream().mapToDouble(Waiting::holdout).toArray()) {
      Strata same = strata.of(holdout);
      ArmFigures treated = same.figures(Arm.TREATED);
      ArmFigures heldOut = same.figures(Arm.HELD_OUT);
      if (treated.users() > 0 && heldOut.users() > 0) {
        long both = treated.users() + heldOut.users();
        sum += both * (treated.rate().getAsDouble() - heldOut.rate().getAsDouble());
        users += both;
      }
    }
    return users == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / users);
  }

  private long usersNeeded(ArmFigures treated, ArmFigures heldOut, double alpha) {
    return terms.compares()
        ? (long) Math.ceil(squaredDistance(treated, heldOut, alpha) / (TEN_POINTS * TEN_POINTS))
        : 0;
  }

  private OptionalDouble visibleDifference(ArmFigures treated, ArmFigures heldOut, double alpha) {
    long users = treated.users() + heldOut.users();
    return users == 0 || !terms.compares()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(squaredDistance(treated, heldOut, alpha) / users));
  }

  /** The square of the difference that is seen in four of five experiments, times the users. */
  private double squaredDistance(ArmFigures treated, ArmFigures heldOut, double alpha) {
    double quantile = Math.sqrt(2 * (Math.log(2 / alpha) + UNKNOWN_SIZE)) + POWER;
    double variance =
        variance(treated) / (1 - terms.holdout()) + variance(heldOut) / terms.holdout();
    return quantile * quantile * variance;
  }

  /** Of an outcome, with the rate by Laplace's rule of succession. */
  private static double variance(ArmFigures arm) {
    double rate = (arm.successes() + 1.0) / (arm.users() + 2.0);
    return rate * (1 - rate);
  }

  private String remark(
      Verdict verdict, long users, Interval interval, RatioCheck ratio, long needed) {
    double low = 100 * interval.low();
    double high = 100 * interval.high();
    return switch (verdict) {
      case TOO_FEW_USERS -> tooFew(users, needed);
      case NO_DIFFERENCE_YET ->
          say("no difference yet: it lies between %+.1f and %+.1f points", low, high);
      case BETTER -> say("better by %.1f to %.1f points", low, high);
      case WORSE -> say("worse by %.1f to %.1f points", -high, -low);
      case NOT_TRUSTWORTHY ->
          say(
              "not trustworthy: %,d of %,d users are held out, should be about %,.0f (%,.0f to 1"
                  + " against chance): one arm loses users, or is assigned otherwise than configured",
              ratio.heldOut(), ratio.users(), ratio.expectedHeldOut(), ratio.evidence());
    };
  }

  private String tooFew(long users, long needed) {
    if (needed == 0) {
      return say(
          "nobody to compare with: holdout is %.0f %%, must be above 0 %% and below 100 %%",
          100 * terms.holdout());
    }
    return say(
        "too few users: %,d of about %,d that a difference of ten points needs", users, needed);
  }

  private static String say(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}
