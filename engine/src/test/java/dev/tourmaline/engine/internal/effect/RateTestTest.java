package dev.tourmaline.engine.internal.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTestTest {

  private static final int RUNS = 1_000;
  private static final int NEVER = Integer.MAX_VALUE;

  /** Three standard errors above {@code alpha}: 19 of a thousand. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.5})
  void aRateAtTheLimitSeldomRaisesAnAlarmHoweverOftenRead(double limit) {
    long alarms =
        IntStream.range(0, RUNS).filter(run -> alarm(run, limit, 0, limit) < NEVER).count();
    assertThat(alarms).isLessThanOrEqualTo(19);
  }

  @Test
  void twiceTheLimitRaisesAnAlarmWithinSeventyTrials() {
    assertThat(median(0.2, 0)).isLessThan(70);
  }

  @Test
  void aRuleThatTurnsBadAfterAThousandGoodTrialsIsCaught() {
    assertThat(median(0.2, 1_000)).isLessThan(1_000 + 250);
  }

  @Test
  void raisesTheAlarmOnce() {
    RateTest test = new RateTest(0.2);
    assertThat(IntStream.range(0, 100).filter(i -> test.observe(true)).count()).isEqualTo(1);
    assertThat(test.isAlarmed()).isTrue();
    assertThat(test).hasToString("100 of 100 (100.0 %, limit 20.0 %)");
  }

  /** Each trial's share of the capital enters before it; each gambler plays a likelihood ratio. */
  @Property(tries = 200)
  void theEvidenceIsTheSumOverAllBeginnings(@ForAll @Size(min = 1, max = 20) List<Boolean> hits) {
    double limit = 0.3;
    RateTest test = new RateTest(limit, 1e-30);
    hits.forEach(test::observe);
    double sum = 0;
    for (int bet = 0; bet < 8; bet++) {
      double rate = limit + (1 - limit) * 0.025 * Math.pow(1.6, bet);
      for (int begin = 0; begin < hits.size(); begin++) {
        double capital = 1.0 / ((begin + 1) * (begin + 2));
        for (boolean hit : hits.subList(begin, hits.size())) {
          capital *= hit ? rate / limit : (1 - rate) / (1 - limit);
        }
        sum += capital / 8;
      }
    }
    assertThat(test.evidence()).isCloseTo(sum, within(1e-9 * sum));
  }

  @Test
  void goesOnFromItsStateAndBeginsAnewWithAnotherLimit() {
    RateTest first = new RateTest(0.2);
    for (int i = 0; i < 5; i++) {
      first.observe(true);
    }
    RateTest second = new RateTest(0.2, RateTest.ALPHA, first.state());
    assertThat(second.evidence()).isEqualTo(first.evidence()).isGreaterThan(1);
    assertThat(second.state()).isEqualTo(first.state());
    assertThat(new RateTest(0.3, RateTest.ALPHA, first.state()).evidence()).isZero();
    RateTest.State damaged = new RateTest.State(0.2, 1, 1, false, List.of(Double.NaN));
    assertThatThrownBy(() -> new RateTest(0.2, RateTest.ALPHA, damaged))
        .hasMessage("state of a rate test: capitals are [NaN], must be 8 numbers");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aLimitThatCannotBeExceededOrKeptIsRefused(double limit) {
    assertThatThrownBy(() -> new RateTest(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: is " + limit + ", must be above 0 and below 1");
  }

  private static int median(double limit, int goodTrials) {
    int[] alarms =
        IntStream.range(0, 200).map(run -> alarm(run, limit, goodTrials, 2 * limit)).toArray();
    Arrays.sort(alarms);
    return alarms[alarms.length / 2];
  }

  /** The trial that raises the alarm, where the first ones have a quarter of the limit's rate. */
  private static int alarm(int run, double limit, int goodTrials, double rate) {
    SplittableRandom random = new SplittableRandom(31L * run + 5);
    RateTest test = new RateTest(limit);
    for (int i = 1; i <= goodTrials + 2_000; i++) {
      if (test.observe(random.nextDouble() < (i <= goodTrials ? limit / 4 : rate))) {
        return i;
      }
    }
    return NEVER;
  }
}
