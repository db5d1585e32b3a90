package dev.tourmaline.engine.internal.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.effect.ArmFigures;
import dev.tourmaline.engine.effect.RuleEffect;
import dev.tourmaline.engine.effect.Verdict;
import dev.tourmaline.engine.trigger.Goal;
import dev.tourmaline.engine.user.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentsTest {

  private static final String RULE = "Billing revisited";
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant NEXT_DAY = NOON.plus(WINDOW);
  private static final Pseudonym ANN = new Pseudonym(1, 1);
  private static final Pseudonym SESSION = new Pseudonym(2, 2);

  private final Experiments experiments = new Experiments(Experiments.Bounds.DEFAULT);

  private void define(double holdout) {
    experiments.define(RULE, new ExperimentTerms("submit /settings/billing", WINDOW, holdout));
  }

  private void decided(Pseudonym user, Arm arm, Instant at) {
    experiments.decided(RULE, user, arm, false, at);
  }

  private RuleEffect effect() {
    return experiments.report(NEXT_DAY).rules().get(0);
  }

  @Test
  void anOutcomeCountsWhenItsWindowIsOverAndNotBefore() {
    define(0.1);
    decided(ANN, Arm.TREATED, NOON);
    experiments.reached(ANN, RULE, NOON.plusSeconds(1));
    experiments.advance(NEXT_DAY);
    assertThat(effect().treated()).isEqualTo(new ArmFigures(0, 0));
    assertThat(effect().waiting()).isEqualTo(1);
    experiments.advance(NEXT_DAY.plusMillis(1));
    assertThat(effect().treated()).isEqualTo(new ArmFigures(1, 1));
    assertThat(effect().waiting()).isZero();
    assertThat(effect().heldOut().rate()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-60000, 0", "-1, 0", "0, 1", "86400000, 1", "86400001, 0"})
  void theWindowHoldsBothItsEndsAndNothingElse(long millis, long successes) {
    define(0.1);
    decided(ANN, Arm.HELD_OUT, NOON);
    experiments.reached(ANN, RULE, NOON.plusMillis(millis));
    experiments.advance(NEXT_DAY.plusMillis(1));
    assertThat(effect().heldOut()).isEqualTo(new ArmFigures(1, successes));
  }

  @Test
  void aUserCountsOnceHoweverOftenHeIsDecidedOn() {
    define(0.1);
    for (int i = 0; i < 1_000_000; i++) {
      decided(ANN, Arm.TREATED, NOON.plusMillis(i * 200L));
      if (i % 1_000 == 0) {
        experiments.advance(NOON.plusMillis(i * 200L));
      }
    }
    assertThat(effect().treated()).isEqualTo(new ArmFigures(1, 0));
    assertThat(effect().waiting()).isZero();
  }

  @Test
  void whoWasInBothArmsIsTakenOutAlsoOfWhatIsCounted() {
    define(0.1);
    decided(SESSION, Arm.TREATED, NOON);
    experiments.advance(NEXT_DAY.plusMillis(1));
    assertThat(effect().treated().users()).isEqualTo(1);
    decided(ANN, Arm.HELD_OUT, NEXT_DAY);
    experiments.merged(SESSION, ANN);
    assertThat(effect().treated().users() + effect().heldOut().users()).isZero();
    assertThat(effect().waiting()).isZero();
    assertThat(effect().excludedBothArms()).isEqualTo(1);
    decided(ANN, Arm.HELD_OUT, NEXT_DAY);
    assertThat(effect().excludedBothArms()).as("once").isEqualTo(1);
  }

  @Test
  void aUserWhoBecomesKnownKeepsHisFirstDecision() {
    define(0.1);
    decided(SESSION, Arm.HELD_OUT, NOON);
    experiments.merged(SESSION, ANN);
    assertThat(experiments.isWatching(SESSION)).isFalse();
    assertThat(experiments.isWatching(ANN)).isTrue();
    decided(ANN, Arm.HELD_OUT, NOON.plusSeconds(60));
    experiments.reached(ANN, RULE, NEXT_DAY.plusSeconds(1));
    experiments.advance(NEXT_DAY.plusSeconds(60));
    assertThat(effect().heldOut()).isEqualTo(new ArmFigures(1, 0));
  }

  @Test
  void testersAreTakenOutAndCountedOnce() {
    define(0.1);
    decided(ANN, Arm.TREATED, NOON);
    experiments.decided(RULE, ANN, Arm.TREATED, true, NOON);
    experiments.decided(RULE, ANN, Arm.TREATED, true, NOON);
    experiments.decided(RULE, SESSION, Arm.HELD_OUT, true, NOON);
    assertThat(effect().excludedTesters()).isEqualTo(2);
    assertThat(effect().waiting()).isZero();
    assertThat(effect().ratio().users()).isZero();
  }

  @Test
  void whoFindsNoRoomIsCountedAsNotEnrolled() {
    Experiments small = new Experiments(new Experiments.Bounds(10, 15));
    small.define(RULE, new ExperimentTerms("submit /a", WINDOW, 0.5));
    IntStream.range(0, 12).forEach(i -> enrol(small, i, NOON));
    assertThat(small.report(NOON).rules().get(0).notEnrolled()).isEqualTo(2);
    small.advance(NEXT_DAY.plusMillis(1));
    IntStream.range(12, 24).forEach(i -> enrol(small, i, NEXT_DAY.plusMillis(1)));
    RuleEffect effect = small.report(NOON).rules().get(0);
    assertThat(effect.notEnrolled()).as("ten are known, five may come").isEqualTo(2 + 7);
    assertThat(effect.treated().users() + effect.waiting()).isEqualTo(15);
  }

  private static void enrol(Experiments experiments, int user, Instant at) {
    experiments.decided(RULE, new Pseudonym(user, 7), Arm.TREATED, false, at);
  }

  @ParameterizedTest
  @CsvSource({"0, 'holdout is 0 %'", "1, 'holdout is 100 %'"})
  void withNobodyToCompareWithNobodyIsEnrolled(double holdout, String remark) {
    define(holdout);
    decided(ANN, Arm.TREATED, NOON);
    assertThat(experiments.isIdle()).isTrue();
    assertThat(effect().verdict()).isEqualTo(Verdict.TOO_FEW_USERS);
    assertThat(effect().usersNeeded()).isZero();
    assertThat(effect().remark()).contains(remark);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, 1.1})
  void aHoldoutThatIsNoShareIsRefused(double holdout) {
    assertThatThrownBy(() -> define(holdout))
        .hasMessage(
            "goal \"submit /settings/billing\": holdout is %s, must be 0 to 1".formatted(holdout));
  }

  @Test
  void whoEitherHoldoutHoldsBackIsHeldOut() {
    Goal goal = new Goal("submit", "/settings/billing", WINDOW);
    assertThat(ExperimentTerms.of(goal, 0.1, 0.2).holdout()).isCloseTo(0.28, within(1e-12));
    assertThat(ExperimentTerms.of(goal, 0, 0).holdout()).isZero();
    assertThat(ExperimentTerms.of(goal, 0, 0.1))
        .isEqualTo(ExperimentTerms.of(goal, 0.1, 0))
        .extracting(ExperimentTerms::goal)
        .isEqualTo("submit /settings/billing within 24h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P46D", "PT2562047788015215H"})
  void aWindowOutOfRangeIsRefused(Duration window) {
    assertThatThrownBy(() -> new ExperimentTerms("submit /a", window, 0.1))
        .hasMessage("goal \"submit /a\": window is %s, must be 1 ms to 45 days".formatted(window));
  }

  @Test
  void anotherGoalBeginsAnewAndAnotherShareGoesOn() {
    define(0.1);
    decided(ANN, Arm.TREATED, NOON);
    define(0.2);
    decided(SESSION, Arm.HELD_OUT, NOON);
    assertThat(effect().waiting()).isEqualTo(2);
    assertThat(effect().ratio().expectedHeldOut()).isCloseTo(0.3, within(1e-9));
    experiments.define(RULE, new ExperimentTerms("submit /other", WINDOW, 0.2));
    assertThat(effect().waiting()).isZero();
    assertThat(experiments.isIdle()).isTrue();
    experiments.retain(List.of());
    assertThat(experiments.report(NOON).rules()).isEmpty();
  }

  @Test
  void theSeventeenthShareBeginsAnew() {
    for (int i = 1; i <= 16; i++) {
      define(i / 100.0);
      decided(new Pseudonym(i, 0), Arm.TREATED, NOON);
      define(0);
    }
    define(0.05);
    assertThat(effect().waiting()).isEqualTo(16);
    define(0.17);
    assertThat(effect().waiting()).isZero();
    decided(ANN, Arm.TREATED, NOON);
    assertThat(effect().ratio().expectedHeldOut()).isCloseTo(0.17, within(1e-9));
  }

  /** The rate of success follows the share, the effect is nothing: pooled rates would lie. */
  @Test
  void aShareThatChangesWithTheSeasonMakesNoEffect() {
    SplittableRandom random = new SplittableRandom(5);
    define(0.5);
    crowd(random, 0, 3_000, 0.5, 0.1, 0);
    define(0.1);
    crowd(random, 3_000, 3_000, 0.1, 0.6, 0);
    assertThat(effect().difference().getAsDouble()).isCloseTo(0, within(0.05));
    assertThat(effect().verdict()).isEqualTo(Verdict.NO_DIFFERENCE_YET);
    double pooled =
        effect().treated().rate().getAsDouble() - effect().heldOut().rate().getAsDouble();
    assertThat(pooled).as("what pooling would make of it").isGreaterThan(0.15);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0.1, 0, TOO_FEW_USERS, too few users: 100 of about",
    "6000, 0.1, 0, NO_DIFFERENCE_YET, no difference yet: it lies between -",
    "6000, 0.1, 0.15, BETTER, better by",
    "6000, 0.1, -0.15, WORSE, worse by",
    "6000, 0.15, 0.15, NOT_TRUSTWORTHY, not trustworthy:"
  })
  void theVerdictIsSaidWithItsNumbers(
      int users, double actualHoldout, double lift, Verdict verdict, String remark) {
    define(0.1);
    crowd(new SplittableRandom(1), 0, users, actualHoldout, 0.3, lift);
    assertThat(effect().remark()).startsWith(remark);
    assertThat(effect().verdict()).isEqualTo(verdict);
    assertThat(effect().interval().confidence()).isCloseTo(0.95, within(1e-12));
    experiments.define("Another", new ExperimentTerms("click /a", WINDOW, 0.5));
    assertThat(experiments.report(NOON).rules())
        .extracting(each -> each.interval().confidence())
        .as("two rules share the chance of a false alarm")
        .containsExactly(0.975, 0.975);
  }

  private void crowd(
      SplittableRandom random, int first, int users, double holdout, double rate, double lift) {
    for (int i = first; i < first + users; i++) {
      Pseudonym user = new Pseudonym(i, -i);
      Arm arm = random.nextDouble() < holdout ? Arm.HELD_OUT : Arm.TREATED;
      decided(user, arm, NOON);
      if (random.nextDouble() < rate + (arm == Arm.TREATED ? lift : 0)) {
        experiments.reached(user, RULE, NOON.plusSeconds(60));
      }
    }
    experiments.advance(NEXT_DAY.plusMillis(1));
  }

  @Test
  void aClockThatGoesBackOrToTheEndsOfTimeBreaksNothing() {
    define(0.1);
    decided(ANN, Arm.TREATED, Instant.MAX);
    decided(SESSION, Arm.TREATED, Instant.MIN);
    decided(new Pseudonym(3, 3), Arm.HELD_OUT, NOON);
    experiments.advance(NEXT_DAY.plusMillis(1));
    experiments.advance(Instant.MIN);
    decided(new Pseudonym(4, 4), Arm.HELD_OUT, NOON.minus(Duration.ofDays(9)));
    experiments.advance(NEXT_DAY.plusMillis(1));
    assertThat(effect().heldOut().users()).isEqualTo(2);
    assertThat(effect().treated().users()).isEqualTo(1);
    assertThat(effect().waiting()).as("decided at the end of time").isEqualTo(1);
  }

  @Test
  void oneActionReachesTheGoalsOfSeveralRules() {
    define(0.1);
    experiments.define("Another", new ExperimentTerms("click /a", WINDOW, 0.5));
    experiments.define("Third", new ExperimentTerms("click /b", WINDOW, 0.5));
    for (String rule : List.of(RULE, "Another", "Third")) {
      experiments.decided(rule, ANN, Arm.TREATED, false, NOON);
    }
    experiments.reached(ANN, NOON.plusSeconds(1), rule -> !rule.equals("Third"));
    experiments.advance(NEXT_DAY.plusMillis(1));
    assertThat(experiments.report(NOON).rules())
        .extracting(each -> each.treated().successes())
        .containsExactly(1L, 1L, 0L);
  }

  @Test
  void whoIsWatchedIsSeenWithoutALockWhileOthersComeAndGo() {
    define(0.1);
    decided(ANN, Arm.TREATED, NOON.plus(Duration.ofDays(400)));
    CompletableFuture<Void> crowd =
        CompletableFuture.runAsync(
            () -> {
              for (int day = 0; day < 30; day++) {
                for (int i = 0; i < 3_000; i++) {
                  decided(
                      new Pseudonym(100 + day, i), Arm.HELD_OUT, NOON.plus(Duration.ofDays(day)));
                }
                experiments.advance(NOON.plus(Duration.ofDays(day)));
              }
            });
    long missed = 0;
    long ghosts = 0;
    do {
      missed += experiments.isWatching(ANN) ? 0 : 1;
      ghosts += experiments.isWatching(SESSION) ? 1 : 0;
    } while (!crowd.isDone());
    crowd.join();
    assertThat(missed).isZero();
    assertThat(ghosts).isZero();
  }

  @Test
  void damagedStateIsRefused() {
    define(0.1);
    decided(ANN, Arm.TREATED, NOON);
    byte[] saved = SavedExperiments.save(experiments);
    for (int i = 0; i < saved.length; i++) {
      byte[] damaged = saved.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> SavedExperiments.restore(damaged, Experiments.Bounds.DEFAULT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("saved experiments: ");
    }
    assertThatThrownBy(() -> SavedExperiments.restore(new byte[3], Experiments.Bounds.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
