package dev.tourmaline.engine.internal.effect;

import java.util.Arrays;
import java.util.List;

/**
 * A sequential test of whether a rate exceeds a limit, such as that of early dismissals of a rule:
 * the guard that takes a rule off the page. Looks after every trial, and with a rate at the limit
 * or below it the probability of an alarm at any time is at most {@code alpha}.
 *
 * <p>It bets: for each of {@value #BETS} rates above the limit a gambler stakes on every trial what
 * would make him rich fastest if that were the rate. At the limit or below no game is in his
 * favour, so that his capital is a supermartingale, and by Ville's inequality (1939) it exceeds
 * {@code 1 / alpha} with probability {@code alpha} at most. The mean of the gamblers' capitals
 * stands for all rates at once (Robbins, "Statistical Methods Related to the Law of the Iterated
 * Logarithm", 1970). A rule that was welcome for a year would leave them without a penny on the day
 * that it turns bad; so a share {@code 1 / (n (n + 1))} of the capital, one in all, enters the game
 * before the {@code n}th trial only: an e-detector (Shin, Ramdas and Rinaldo, "E-detectors: a
 * nonparametric framework for sequential change detection", 2024) whose false alarms stay bounded
 * for ever.
 *
 * <p>Thread-safe. A trial costs O(1), the state is {@value #BETS} numbers and three counts.
 */
public final class RateTest {

  /** How often a rate that does not exceed the limit may ever raise an alarm. */
  public static final double ALPHA = 0.01;

  private static final int BETS = 8;

  /** The nearest of the rates that is bet on, as a part of the way from the limit to 1. */
  private static final double NEAREST = 0.025;

  private static final double APART = 1.6;

  private final double limit;
  private final double alpha;
  private final double[] capital = new double[BETS];
  private long trials;
  private long hits;
  private boolean alarmed;

  /**
   * Makes a test at {@value #ALPHA}.
   *
   * @param limit the highest rate that is well, above 0 and below 1
   * @throws IllegalArgumentException if it is not
   */
  public RateTest(double limit) {
    this(limit, ALPHA);
  }

  /**
   * Makes a test.
   *
   * @param limit the highest rate that is well, above 0 and below 1
   * @param alpha how often such a rate may ever raise an alarm, above 0 and below 1
   * @throws IllegalArgumentException if one is not
   */
  public RateTest(double limit, double alpha) {
    this.limit = Checked.share("limit", limit);
    this.alpha = Checked.share("alpha", alpha);
  }

  /**
   * Continues a test.
   *
   * @param limit the highest rate that is well; another one than the state's begins anew
   * @param alpha how often such a rate may ever raise an alarm
   * @param state what an earlier test has saved
   * @throws IllegalArgumentException if the limit or alpha is no share, or the state no test's
   */
  public RateTest(double limit, double alpha, State state) {
    this(limit, alpha);
    if (state.limit() == limit) {
      if (state.capital().size() != BETS || !state.capital().stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "state of a rate test: capitals are %s, must be %d numbers"
                .formatted(state.capital(), BETS));
      }
      Arrays.setAll(capital, state.capital()::get);
      trials = state.trials();
      hits = state.hits();
      alarmed = state.alarmed();
    }
  }

  /**
   * Takes the outcome of a trial.
   *
   * @param hit whether it was one of those whose rate must not exceed the limit
   * @return whether this very trial raises the alarm, which it does once
   */
  public synchronized boolean observe(boolean hit) {
    trials++;
    hits += hit ? 1 : 0;
    if (alarmed) {
      return false;
    }
    double stake = 1.0 / trials / (trials + 1.0);
    for (int i = 0; i < BETS; i++) {
      double rate = rate(i);
      capital[i] = (capital[i] + stake) * (hit ? rate / limit : (1 - rate) / (1 - limit));
    }
    alarmed = evidence() >= 1 / alpha;
    return alarmed;
  }

  /** The rate that a gambler bets on. */
  private double rate(int bet) {
    return limit + (1 - limit) * NEAREST * Math.pow(APART, bet);
  }

  /** {@return by how much the trials speak for a rate above the limit, as a factor} */
  public synchronized double evidence() {
    double sum = 0;
    for (double each : capital) {
      sum += each;
    }
    return sum / BETS;
  }

  /** {@return whether the alarm was raised} */
  public synchronized boolean isAlarmed() {
    return alarmed;
  }

  /** {@return what a later test goes on from} */
  public synchronized State state() {
    return new State(limit, trials, hits, alarmed, Arrays.stream(capital).boxed().toList());
  }

  /** {@return the numbers behind the test, for an operator} */
  @Override
  public synchronized String toString() {
    return "%d of %d (%.1f %%, limit %.1f %%)"
        .formatted(hits, trials, trials == 0 ? 0.0 : 100.0 * hits / trials, 100 * limit);
  }

  /**
   * The state of a test, a few numbers.
   *
   * @param limit the limit that it was made for
   * @param trials how many trials it has seen
   * @param hits how many of them were hits
   * @param alarmed whether the alarm was raised
   * @param capital what each gambler has
   */
  public record State(double limit, long trials, long hits, boolean alarmed, List<Double> capital) {

    /**
     * Copies the list.
     *
     * @param limit the limit that it was made for
     * @param trials how many trials it has seen
     * @param hits how many of them were hits
     * @param alarmed whether the alarm was raised
     * @param capital what each gambler has
     */
    public State {
      capital = List.copyOf(capital);
    }
  }
}
