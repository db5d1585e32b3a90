package dev.tourmaline.engine.internal.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTestTest {

  private static final double LIMIT = Math.log(20);

  /** At 1 of 20 rather than the 1 of 1,000 in use, so that a thousand runs can tell. */
  @ParameterizedTest
  @CsvSource({"0.1", "0.5", "0.01"})
  void sharesAsConfiguredSeldomLookWrongThoughReadAfterEachUser(double holdout) {
    assertThat(
            IntStream.range(0, 1_000)
                .filter(run -> firstAlarm(run, 2_000, holdout, holdout) > 0)
                .count())
        .isLessThanOrEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.15", "0.5, 0.45", "0.01, 0.03"})
  void anotherShareIsFoundOut(double configured, double actual) {
    assertThat(IntStream.range(0, 50).map(run -> firstAlarm(run, 5_000, configured, actual)))
        .allMatch(user -> user > 0);
  }

  @Test
  void theEvidenceIsTheLikelihoodAveragedOverShares() {
    double a = 50;
    double b = 50;
    double weights = 0;
    double sum = 0;
    for (double share = 0.00005; share < 1; share += 0.0001) {
      double weight = Math.pow(share, a - 1) * Math.pow(1 - share, b - 1);
      weights += weight;
      sum += weight * Math.pow(share / 0.5, 40) * Math.pow((1 - share) / 0.5, 10);
    }
    assertThat(Math.exp(RatioTest.logEvidence(40, 10, 0.5))).isCloseTo(sum / weights, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5723649429247001",
    "1, 0",
    "3, 0.6931471805599453",
    "100.5, 361.4355404678",
    "1e-3, 6.907178885383853",
    "1000001, 12815518.384658169"
  })
  void theLogarithmOfGammaIsAsTablesHaveIt(double x, double logGamma) {
    assertThat(LogGamma.of(x)).isCloseTo(logGamma, within(1e-9 * Math.max(1, logGamma)));
  }

  private static int firstAlarm(int run, int users, double configured, double actual) {
    SplittableRandom random = new SplittableRandom(17L * run + 3);
    int heldOut = 0;
    for (int user = 1; user <= users; user++) {
      heldOut += random.nextDouble() < actual ? 1 : 0;
      if (RatioTest.logEvidence(heldOut, user - heldOut, configured) >= LIMIT) {
        return user;
      }
    }
    return 0;
  }
}
