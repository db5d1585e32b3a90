package dev.tourmaline.engine.internal.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.effect.Interval;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceBetsTest {

  private static final int RUNS = 1_000;
  private static final double ALPHA = 0.05;

  private static final long FIVE_PERCENT = 50;

  @ParameterizedTest
  @CsvSource({"0.1, 0.3", "0.5, 0.3", "0.1, 0.05", "0.01, 0.5"})
  void withoutEffectAtMostFivePercentAreCalledDifferentThoughReadDaily(
      double holdout, double rate) {
    assertThat(runsThatEverMiss(holdout, 2_000, user -> rate, 0)).isLessThanOrEqualTo(FIVE_PERCENT);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.3, 0.1", "0.5, 0.3, 0.1", "0.2, 0.5, -0.3"})
  void theIntervalHoldsAKnownLiftAtAllTimesInNineteenOfTwenty(
      double holdout, double rate, double lift) {
    assertThat(runsThatEverMiss(holdout, 2_000, user -> rate, lift))
        .isLessThanOrEqualTo(FIVE_PERCENT);
  }

  @Test
  void aBaseRateThatWandersFromFiveToFiftyFivePercentDoesNoHarm() {
    assertThat(runsThatEverMiss(0.1, 2_000, user -> 0.3 + 0.25 * Math.sin(user / 60.0), 0))
        .isLessThanOrEqualTo(FIVE_PERCENT);
  }

  /**
   * Runs in which the interval does not hold the truth at some time, read after each user first.
   */
  private static long runsThatEverMiss(
      double holdout, int users, IntToDoubleFunction baseRate, double lift) {
    return IntStream.range(0, RUNS)
        .filter(
            run -> {
              Simulation simulation = new Simulation(run, holdout);
              return IntStream.rangeClosed(1, users)
                  .anyMatch(
                      user -> {
                        simulation.user(baseRate.applyAsDouble(user), lift);
                        boolean isRead = user <= 100 || user % 20 == 0;
                        return isRead && !DifferenceBets.holds(simulation.strata, lift, ALPHA);
                      });
            })
        .count();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 2000", "0.1, 5000"})
  void tenPointsAreSeenInFourOfFiveExperimentsOfThatManyUsers(double holdout, int users) {
    long seen =
        IntStream.range(0, 100)
            .filter(
                run -> {
                  Simulation simulation = new Simulation(run, holdout);
                  IntStream.range(0, users).forEach(user -> simulation.user(0.3, 0.1));
                  return DifferenceBets.interval(simulation.strata, ALPHA).low() > 0;
                })
            .count();
    assertThat(seen).isGreaterThanOrEqualTo(80);
  }

  @Property(tries = 100)
  void theIntervalIsWhatNoCapitalRefutes(
      @ForAll long seed,
      @ForAll @IntRange(max = 400) int users,
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double holdout,
      @ForAll @DoubleRange(min = -1, max = 1) double difference) {
    Simulation simulation = new Simulation(seed, holdout);
    IntStream.range(0, users).forEach(user -> simulation.user(0.2, 0.7));
    Interval interval = DifferenceBets.interval(simulation.strata, ALPHA);
    assertThat(interval.low()).isLessThan(interval.high()).isBetween(-1.0, 1.0);
    assertThat(interval.high()).isBetween(-1.0, 1.0);
    if (Math.abs(difference - interval.low()) > 1e-5
        && Math.abs(difference - interval.high()) > 1e-5) {
      assertThat(interval.contains(difference))
          .isEqualTo(DifferenceBets.holds(simulation.strata, difference, ALPHA));
    }
  }

  @Test
  void withoutUsersEveryDifferenceIsPossible() {
    assertThat(DifferenceBets.interval(new Strata(), ALPHA)).isEqualTo(new Interval(-1, 1, 0.95));
  }

  @Test
  void evidenceOfAMillionUsersNeitherOverflowsNorVanishes() {
    Simulation simulation = new Simulation(1, 0.5);
    IntStream.range(0, 1_000_000).forEach(user -> simulation.user(0.1, 0.8));
    Interval interval = DifferenceBets.interval(simulation.strata, ALPHA);
    assertThat(interval.contains(0.8)).isTrue();
    assertThat(interval.high() - interval.low()).isBetween(0.0, 0.01);
  }

  /** Users of one experiment as they come. */
  private static final class Simulation {
    private final SplittableRandom random;
    private final double holdout;
    private final Strata strata = new Strata();

    Simulation(long seed, double holdout) {
      this.random = new SplittableRandom(Spread.mix(seed + 1));
      this.holdout = holdout;
    }

    void user(double baseRate, double lift) {
      Arm arm = random.nextDouble() < holdout ? Arm.HELD_OUT : Arm.TREATED;
      boolean success = random.nextDouble() < baseRate + (arm == Arm.TREATED ? lift : 0);
      strata.get(strata.next(holdout)).count(arm, success, 1);
    }
  }
}
