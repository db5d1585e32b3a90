package dev.tourmaline.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When it could not be seen: lost streams and numbers that jump. */
class BlindTest {

  private static final SessionKey KEY = new SessionKey("prod", "s1");
  private static final long T0 = HistorySteps.T0;

  private final BlindIntervals stream = new BlindIntervals();
  private final History history = new History(new Dictionary(), stream, SessionLimits.defaults());

  @Provide
  Arbitrary<List<long[]>> intervals() {
    Arbitrary<Integer> begin = Arbitraries.integers().between(0, 200).withoutEdgeCases();
    Arbitrary<Integer> length = Arbitraries.of(0, 0, 1, 2, 5, 30);
    return Combinators.combine(begin, length)
        .as((b, l) -> new long[] {b, b + l})
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 300)
  void intervalsAreMergedWithoutLoss(@ForAll("intervals") List<long[]> intervals) {
    BlindIntervals merged = new BlindIntervals();
    boolean[] blind = new boolean[240];
    for (long[] interval : intervals) {
      merged.add(interval[0], interval[1]);
      for (int i = (int) interval[0]; i <= interval[1]; i++) {
        blind[i] = true;
      }
    }
    for (int from = 0; from < 235; from++) {
      for (int length = 0; length < 4; length++) {
        boolean touched = false;
        for (int i = from; i <= from + length; i++) {
          touched |= blind[i];
        }
        assertThat(merged.touches(from, from + length)).isEqualTo(touched);
      }
    }
  }

  @Test
  void whatIsTooManyToRememberErrsTowardsBlindness() {
    for (int i = 0; i < 200; i++) {
      stream.add(10L * i, 10L * i + 1);
    }
    for (int i = 0; i < 200; i++) {
      assertThat(stream.touches(10L * i, 10L * i)).isTrue();
    }
    assertThat(stream.touches(1_985, 1_985)).isFalse();
    assertThat(stream.touches(-10, -1)).isFalse();
  }

  @Test
  void aLossThatGoesOnReachesFromItsBeginOn() {
    stream.begin(100);
    stream.begin(150);
    assertThat(List.of(stream.touches(0, 99), stream.touches(0, 100), stream.touches(500, 900)))
        .containsExactly(false, true, true);
    assertThat(stream.end(200)).isTrue();
    assertThat(stream.end(300)).isFalse();
    assertThat(List.of(stream.touches(200, 900), stream.touches(201, 900)))
        .containsExactly(true, false);
  }

  /** The connector's clock differs from this machine's by this much. */
  @ParameterizedTest
  @ValueSource(longs = {0, 10_800_000, -10_800_000, 250, -90_000})
  void aLostStreamIsBlindInTheSessionsOwnTime(long skew) {
    Action before = arrive(T0 + skew, T0);
    assertThat(before.blindWithin("10m")).isFalse();
    stream.begin(T0 + 60_000);
    stream.end(T0 + 120_000);
    Action after = arrive(T0 + 180_000 + skew, T0 + 180_000);
    assertThat(after.blindWithin("60s")).as("ends included").isTrue();
    assertThat(after.blindWithin("59999ms")).isFalse();
    assertThat(after.sighted("59999ms")).isTrue();
    assertThat(after.sighted("10m")).isFalse();
  }

  @Test
  void anActionThatMayBeUnderWayWhileTheStreamIsLostIsNotAbsent() {
    arrive(T0, T0);
    // Idle for 30 s comes due 45 s after the arrival; batching may take 15 s of them.
    stream.begin(T0 + 40_000);
    Idle idle = new Idle(KEY, "", history, T0 + 30_000, 30_000);
    assertThat(idle.sighted("30s")).isFalse();
  }

  @Test
  void aLossAfterTheTimeOfBatchingDoesNotMatter() {
    arrive(T0, T0);
    stream.begin(T0 + 45_001);
    assertThat(new Idle(KEY, "", history, T0 + 30_000, 30_000).sighted("30s")).isTrue();
  }

  @Test
  void aJumpOfTheNumbersIsBlindAndARestartIsNot() {
    assertThat(taken(7, 8, 9)).containsOnly(History.TAKEN);
    assertThat(taken(0, 1)).containsOnly(History.TAKEN);
    assertThat(taken(3)).containsExactly(History.TAKEN_AFTER_GAP);
    assertThat(taken(-1, 4, -1, 5)).containsOnly(History.TAKEN);
  }

  @Test
  void numbersThatComeOutOfOrderHideNothing() {
    assertThat(taken(1, 2)).containsOnly(History.TAKEN);
    act(T0 + 50_000, 4);
    act(T0 + 40_000, 3);
    assertThat(act(T0 + 60_000, 5).blindWithin("9s")).isFalse();
  }

  @Test
  void aRepeatAndALateActionWereSeenAndHideNothing() {
    act(T0, 1);
    act(T0 + 100_000, 2);
    assertThat(history.take(action(T0, 3), T0, T0)).isEqualTo(History.REPEAT);
    assertThat(history.take(action(T0 + 1, 4), T0 + 1, T0)).isEqualTo(History.LATE);
    assertThat(act(T0 + 101_000, 5).blindWithin("10m")).isFalse();
  }

  private List<Integer> taken(int... numbers) {
    List<Integer> taken = new ArrayList<>();
    for (int number : numbers) {
      long at = Math.max(T0, history.newest() + 1_000);
      taken.add(history.take(action(at, number), at, at));
    }
    return taken;
  }

  private Action act(long at, int number) {
    history.take(action(at, number), at, at);
    return new Action(KEY, "", history, action(at, number), at);
  }

  private Action arrive(long at, long arrivedAt) {
    history.take(action(at, -1), at, arrivedAt);
    return new Action(KEY, "", history, action(at, -1), at);
  }

  private static UiAction action(long at, int number) {
    return UiAction.builder("click")
        .url("https://h.com/a")
        .index(number)
        .start(Instant.ofEpochMilli(at))
        .build();
  }
}
