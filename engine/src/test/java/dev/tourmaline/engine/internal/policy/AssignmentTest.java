package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.user.UserKey;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares of users. */
class AssignmentTest {

  private static final int USERS = 100_000;

  /** One run in a million strays further than so many standard deviations. */
  private static final double FAR = 5;

  private static final long[] SEEDS =
      IntStream.range(0, USERS)
          .mapToLong(i -> Assignment.seedOf(UserKey.ofUser("p", "user" + i)))
          .toArray();

  private static void isShare(double share, LongPredicate among) {
    long count = Arrays.stream(SEEDS).filter(among).count();
    double deviation = Math.sqrt(USERS * share * (1 - share));
    assertThat((double) count)
        .isBetween(USERS * share - FAR * deviation, USERS * share + FAR * deviation);
  }

  @Test
  void aShareIsThatShareOfUsers() {
    for (double share : List.of(0.001, 0.01, 0.1, 0.2, 0.5, 0.9, 0.999)) {
      isShare(share, seed -> Assignment.isAmong(seed, "rollout", "Billing revisited", share));
      isShare(share, seed -> Assignment.isAmong(seed, "holdout", "", share));
    }
  }

  @Test
  void nobodyIsAmongNoneAndEverybodyAmongAll() {
    for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, SEEDS[0]}) {
      assertThat(Assignment.isAmong(seed, "holdout", "", 0)).isFalse();
      assertThat(Assignment.isAmong(seed, "holdout", "", 1)).isTrue();
    }
  }

  @Test
  void oneDrawTellsNothingOfAnother() {
    List<String[]> draws =
        List.of(
            new String[] {"rollout", "a"},
            new String[] {"rollout", "b"},
            new String[] {"holdout", "a"},
            new String[] {"holdout", ""});
    for (String[] one : draws) {
      for (String[] other : draws) {
        if (one != other) {
          isShare(
              0.3 * 0.2,
              seed ->
                  Assignment.isAmong(seed, one[0], one[1], 0.3)
                      && Assignment.isAmong(seed, other[0], other[1], 0.2));
        }
      }
    }
  }

  @Test
  void aLargerShareHoldsTheSmaller() {
    for (int i = 0; i < 10_000; i++) {
      if (Assignment.isAmong(SEEDS[i], "rollout", "r", 0.2)) {
        assertThat(Assignment.isAmong(SEEDS[i], "rollout", "r", 0.5)).isTrue();
      }
    }
  }

  /** Whoever changes these moves users from one arm of every running experiment to the other. */
  @Test
  void theDrawsOfAUserNeverChange() {
    assertThat(Assignment.seedOf(UserKey.ofUser("prod_abc", "ada")))
        .isEqualTo(3655187308747660520L);
    assertThat(Assignment.seedOf(UserKey.ofSession(new SessionKey("prod_abc", "ada"))))
        .isEqualTo(658435459910191134L);
    assertThat(
            IntStream.range(0, 64)
                .filter(i -> Assignment.isAmong(SEEDS[i], "holdout", "Billing revisited", 0.1))
                .boxed())
        .containsExactly(5, 24, 33, 41, 54, 57);
    assertThat(
            IntStream.range(0, 64)
                .filter(i -> Assignment.isAmong(SEEDS[i], "rollout", "Billing revisited", 0.1))
                .boxed())
        .containsExactly(4, 7, 28);
  }
}
