package dev.tourmaline.engine.internal.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.Idle;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fact says of coverage gaps: outages of the stream and numbers that jump. */
class CoverageTest {

  private static final SessionKey KEY = new SessionKey("prod", "s1");
  private static final long T0 = HistorySteps.T0;

  private final CoverageGaps stream = new CoverageGaps();
  private final History history = new History(new PagePaths(), stream, SessionLimits.defaults());

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
    assertThat(after.blindWithin("10m")).isTrue();
  }

  /** The connector's clock differs from this machine's by this much. */
  @ParameterizedTest
  @ValueSource(longs = {0, 10_800_000, -10_800_000, 250, -90_000})
  void aStayCountsUpToTheLossOfTheStream(long skew) {
    view("/a", T0 + skew, T0);
    stream.begin(T0 + 75_000);
    assertThat(idle(T0 + 59_000 + skew).secondsOn("/a", "10m")).isEqualTo(59);
    assertThat(idle(T0 + 300_000 + skew).secondsOn("/a", "10m"))
        .as("15 s in transit")
        .isEqualTo(60);
    stream.end(T0 + 400_000);
    history.take(action(T0 + 450_000 + skew, -1), T0 + 450_000 + skew, T0 + 450_000, true);
    assertThat(idle(T0 + 500_000 + skew).secondsOn("/a", "10m"))
        .as("a click is no view")
        .isEqualTo(60);
    view("/a", T0 + 500_000 + skew, T0 + 500_000);
    assertThat(idle(T0 + 510_000 + skew).secondsOn("/a", "10m")).isEqualTo(70);
    assertThat(idle(T0 + 510_000 + skew).secondsOn("/a", "460s")).isEqualTo(20);
    assertThat(idle(T0 + 510_000 + skew).secondsOn("/b", "10m")).isZero();
  }

  @Test
  void aStayCountsUpToAJumpOfTheNumbers() {
    view("/a", T0, 1, T0);
    act(T0 + 10_000, 2);
    view("/a", T0 + 40_000, 4, T0 + 40_000);
    assertThat(idle(T0 + 60_000).secondsOn("/a", "10m")).isEqualTo(10 + 20);
  }

  @Test
  void anActionInTransitDuringAnOutageIsNotAbsent() {
    arrive(T0, T0);
    // Idle for 30 s comes due 45 s after the arrival; batching may take 15 s of them.
    stream.begin(T0 + 40_000);
    Idle idle = idle(T0 + 30_000);
    assertThat(idle.blindWithin("30s")).isTrue();
  }

  @Test
  void aLossAfterTheTimeOfBatchingDoesNotMatter() {
    arrive(T0, T0);
    stream.begin(T0 + 45_001);
    assertThat(idle(T0 + 30_000).blindWithin("30s")).isFalse();
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
    assertThat(history.take(action(T0 + 100_000, 3), T0 + 100_000, T0, true))
        .isEqualTo(History.REPEAT);
    assertThat(history.take(action(T0 + 1, 4), T0 + 1, T0, true)).isEqualTo(History.LATE);
    assertThat(act(T0 + 101_000, 5).blindWithin("10m")).isFalse();
  }

  private List<Integer> taken(int... numbers) {
    List<Integer> taken = new ArrayList<>();
    for (int number : numbers) {
      long at = Math.max(T0, history.newest() + 1_000);
      taken.add(history.take(action(at, number), at, at, true));
    }
    return taken;
  }

  private Idle idle(long at) {
    return new ElapsedFact.OfIdling(KEY, "", history, at, 30_000);
  }

  private Action act(long at, int number) {
    history.take(action(at, number), at, at, true);
    return new ActionFact(KEY, "", history, action(at, number), at);
  }

  private Action arrive(long at, long arrivedAt) {
    history.take(action(at, -1), at, arrivedAt, true);
    return new ActionFact(KEY, "", history, action(at, -1), at);
  }

  private void view(String path, long at, long arrivedAt) {
    view(path, at, -1, arrivedAt);
  }

  private void view(String path, long at, int number, long arrivedAt) {
    history.take(action("pageview", path, at, number), at, arrivedAt, true);
  }

  private static UiAction action(long at, int number) {
    return action("click", "/a", at, number);
  }

  private static UiAction action(String type, String path, long at, int number) {
    return UiAction.builder(type)
        .url("https://h.com" + path)
        .index(number)
        .start(Instant.ofEpochMilli(at))
        .build();
  }
}
