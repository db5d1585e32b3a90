package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and time, as one lane keeps them. */
class SessionCoreTest {

  private static final long T0 = CoreStreams.T0;
  private static final long GRACE = 15_000;
  private static final RuleProgram RULES =
      CoreRun.compile(
          """
          rule "Idle" @flow("f") when $i : Idle( reached("30s") ) then tours.offer($i, ""); end
          rule "Idle to the end" @flow("f")
          when $i : Idle( reached("29m45s") || reached("29m45s1ms") ) then tours.offer($i, ""); end
          rule "Idle, blind or not" @flow("f")
          when $i : Idle( reached("31s"), blindWithin("31s") ) then tours.offer($i, ""); end
          rule "Dwell" @flow("f") when $d : Dwell( reached("45s") ) then tours.offer($d, $d.getPath()); end
          rule "Third click" @flow("f")
          when $a : Action( click, clicksWithin("24h") >= 3 ) then tours.offer($a, ""); end
          rule "Submit" @flow("f") when $a : Action( submit ) then tours.offer($a, $a.getPath()); end
          rule "Summary" @flow("f") when $s : Summary( ) then tours.offer($s, ""); end
          """);

  static Stream<How> ways() {
    return Stream.of(
        How.plain(), How.plain().asleep(), How.plain().within(How.neverAsleep().withMaxAwake(1)));
  }

  private CoreRun run = new CoreRun(RULES, How.plain());

  private static UiAction.Builder action(String type, String path, long at) {
    return UiAction.builder(type).url("https://h.com" + path).start(Instant.ofEpochMilli(at));
  }

  private static ActionsEvent frame(String session, long forwarded, UiAction.Builder... actions) {
    List<UiAction> built = Stream.of(actions).map(UiAction.Builder::build).toList();
    return new ActionsEvent("p", session, "", "", "", Instant.ofEpochMilli(forwarded), built);
  }

  private void act(String type, String path, long at, long arrivedAt) {
    run.take(new CoreStreams.Timed(arrivedAt, frame("s", arrivedAt, action(type, path, at))));
  }

  private void act(String type, String path, long at) {
    act(type, path, at, at);
  }

  private void summary(long forwarded, long arrivedAt) {
    summary("text", forwarded, arrivedAt);
  }

  private void summary(String text, long forwarded, long arrivedAt) {
    Instant at = Instant.ofEpochMilli(forwarded);
    run.take(new CoreStreams.Timed(arrivedAt, new SummaryEvent("p", "s", "", text, 1, at)));
  }

  /** Lets a lane's ticks pass up to a time. */
  private void tickTo(long from, long to) {
    for (long now = from; now <= to; now += 100) {
      run.core.advance(now);
    }
  }

  private List<String> offered() {
    List<String> offered = new ArrayList<>();
    run.said.forEach(
        (session, lines) ->
            lines.stream()
                .filter(line -> line.contains(" at "))
                .map(line -> line.replaceAll("^(\\d+) (.*) [\\w-]{20} .* at (\\d+) by .*", "$2@$3"))
                .forEach(offered::add));
    return offered;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anIdleFiresItsDurationAndTheGraceAfterTheNewestAction(How how) {
    run = new CoreRun(RULES, how);
    act("click", "/a", T0);
    act("click", "/b", T0 + 3_000);
    tickTo(T0 + 3_000, T0 + 3_000 + 30_000 + GRACE - 1);
    assertThat(offered()).isEmpty();
    tickTo(T0 + 3_000 + 30_000 + GRACE, T0 + 3_000 + 30_000 + GRACE + 500);
    assertThat(offered()).containsExactly("Idle@" + (T0 + 33_000));
    assertThat(run.said.get("p/s").get(0)).startsWith("" + (T0 + 33_000 + GRACE));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aDwellIsReckonedFromTheFirstViewOfTheVisit(How how) {
    run = new CoreRun(RULES, how);
    act("pageview", "/a", T0);
    act("pageview", "/a", T0 + 10_000);
    act("click", "/a", T0 + 40_000);
    run.core.advanceExactly(T0 + 60_000 + GRACE);
    act("pageview", "/b", T0 + 80_000);
    run.core.advanceExactly(T0 + 300_000);
    assertThat(offered())
        .filteredOn(offer -> offer.startsWith("Dwell"))
        .containsExactly("Dwell@" + (T0 + 45_000), "Dwell@" + (T0 + 125_000));
  }

  @Test
  void timersDueBeforeAnActionFireBeforeIt() {
    act("submit", "/a", T0);
    act("submit", "/b", T0 + 40_000, T0 + 40_000);
    assertThat(offered())
        .containsExactly("Submit@" + T0, "Idle@" + (T0 + 30_000), "Submit@" + (T0 + 40_000));
  }

  @Test
  void aSummaryNeitherEndsIdlenessNorIsLate() {
    act("click", "/a", T0);
    summary(T0 + 20_000, T0 + 20_000);
    summary(T0 - 600_000, T0 + 21_000);
    run.core.advanceExactly(T0 + 60_000);
    assertThat(offered())
        .containsExactly(
            "Summary@" + (T0 + 20_000), "Summary@" + (T0 - 600_000), "Idle@" + (T0 + 30_000));
    assertThat(run.counters.get(Of.LATE)).isZero();
  }

  @Test
  void summariesOfOneTimeAndEqualHashHaveTriggerIdsOfTheirOwn() {
    summary("Aa", T0, T0);
    summary("BB", T0, T0);
    summary("BB", T0, T0);
    List<String> ids =
        run.said.get("p/s").stream()
            .filter(line -> line.contains(" at "))
            .map(line -> line.replaceAll(".* ([\\w-]{20}) '.*", "$1"))
            .toList();
    assertThat(ids).hasSize(3);
    assertThat(ids.get(1)).isNotEqualTo(ids.get(0)).isEqualTo(ids.get(2));
  }

  @Test
  void aSummaryWithABadClockDoesNotFreezeItsSession() {
    summary(T0 + Duration.ofDays(400).toMillis(), T0);
    summary(1_000, T0);
    act("click", "/a", T0 + 1_000);
    run.core.advanceExactly(T0 + 100_000);
    assertThat(offered()).containsExactly("Idle@" + (T0 + 31_000));
    assertThat(Counters.snapshot(run.counters, List.of()).rejected())
        .isEqualTo(Map.of(RejectReason.TIME_IN_FUTURE, 1L, RejectReason.BAD_TIME, 1L));
  }

  @Test
  void anActionWithABadClockIsRejectedAndOpensNoSession() {
    act("submit", "/a", T0 + 300_001, T0);
    act("submit", "/a", Instant.parse("1999-12-31T23:59:59.999Z").toEpochMilli(), T0);
    assertThat(offered()).isEmpty();
    assertThat(run.counters.get(Of.SESSIONS)).isZero();
    assertThat(Counters.snapshot(run.counters, List.of()).rejected())
        .isEqualTo(Map.of(RejectReason.TIME_IN_FUTURE, 1L, RejectReason.BAD_TIME, 1L));
    act("submit", "/a", T0 + 300_000, T0);
    assertThat(offered()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSessionEndsAfterThirtyMinutesWithoutAnEvent(How how) {
    run = new CoreRun(RULES, how);
    act("click", "/a", T0);
    act("click", "/a", T0 + 1_800_000);
    act("click", "/a", T0 + 2 * 1_800_000);
    assertThat(run.counters.get(Of.SESSIONS)).isOne();
    assertThat(offered()).contains("Third click@" + (T0 + 2 * 1_800_000));
    act("click", "/a", T0 + 3 * 1_800_000 + 1);
    assertThat(run.counters.get(Of.SESSIONS)).isEqualTo(2);
    assertThat(offered()).filteredOn(offer -> offer.startsWith("Third")).hasSize(1);
    run.core.advance(T0 + 10 * 1_800_000);
    assertThat(run.counters.get(Of.AWAKE) + run.counters.get(Of.ASLEEP)).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aSessionEndsAfterADay(How how) {
    run = new CoreRun(RULES, how);
    long day = Duration.ofDays(1).toMillis();
    for (long at = T0; at <= T0 + day; at += 1_200_000) {
      act("pageview", "/a", at);
    }
    assertThat(run.counters.get(Of.SESSIONS)).isOne();
    act("pageview", "/a", T0 + day + 1);
    assertThat(run.counters.get(Of.SESSIONS)).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void timersFireBeforeTheSessionsEndAndNotAfterIt(How how) {
    run = new CoreRun(RULES, how);
    act("click", "/a", T0);
    run.core.advanceExactly(T0 + 7_200_000);
    assertThat(offered())
        .containsExactly("Idle@" + (T0 + 30_000), "Idle to the end@" + (T0 + 1_785_000));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void timersOfASessionThatHasEndedFireBeforeTheNextOneBegins(How how) {
    run = new CoreRun(RULES, how);
    act("click", "/a", T0);
    long later = T0 + 7_200_000;
    // No tick between the two.
    run.core.accept(frame("s", later, action("click", "/a", later)), later);
    assertThat(offered())
        .containsExactly("Idle@" + (T0 + 30_000), "Idle to the end@" + (T0 + 1_785_000));
    assertThat(run.counters.get(Of.SESSIONS)).isEqualTo(2);
  }

  @Test
  void aSleepingSessionWithoutTimersEndsAndIsNotWoken() {
    String submit =
        "rule \"S\" @flow(\"f\") when $a : Action( submit ) then tours.offer($a, \"\"); end";
    run = new CoreRun(CoreRun.compile(submit), How.plain().asleep());
    act("click", "/a", T0);
    run.core.advanceExactly(T0 + 1_800_000);
    assertThat(run.counters.get(Of.ASLEEP)).isOne();
    run.core.advanceExactly(T0 + 1_800_001);
    assertThat(run.counters.get(Of.ASLEEP)).isZero();
    assertThat(run.counters.get(Of.WOKEN)).isZero();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anIdleAcrossAGapMatchesOnlyIfTheRuleAsks(How how) {
    run = new CoreRun(RULES, how);
    act("click", "/a", T0);
    run.blind.add(T0 + 10_000, T0 + 11_000);
    run.core.advanceExactly(T0 + 100_000);
    assertThat(offered()).containsExactly("Idle, blind or not@" + (T0 + 31_000));
  }

  @Test
  void anActionIsLateWhenMoreThanThirtySecondsOlderThanTheNewest() {
    act("pageview", "/a", T0);
    act("submit", "/b", T0 - 30_000, T0);
    act("submit", "/c", T0 - 30_001, T0);
    act("submit", "/b", T0 - 30_000, T0);
    assertThat(offered()).containsExactly("Submit@" + (T0 - 30_000));
    assertThat(List.of(run.counters.get(Of.LATE), run.counters.get(Of.REPEATS)))
        .containsExactly(1L, 1L);
  }

  @Test
  void anActionsOwnSessionWinsAndAUserStandsInForNone() {
    ActionsEvent batch =
        new ActionsEvent(
            "p",
            "batch",
            "u",
            "",
            "",
            Instant.ofEpochMilli(T0),
            List.of(
                action("submit", "/a", T0).sessionId("own").build(),
                action("submit", "/a", T0).build()));
    run.take(new CoreStreams.Timed(T0, batch));
    UiAction.Builder users = action("submit", "/a", T0).userId("u2");
    run.take(new CoreStreams.Timed(T0, frame(" ", T0, users)));
    run.take(new CoreStreams.Timed(T0, frame("", T0, action("submit", "/a", T0))));
    assertThat(run.said.keySet()).containsExactlyInAnyOrder("p/own", "p/batch", "p/u2");
    assertThat(run.core.userOf(new SessionKey("p", "own"))).isEqualTo("u");
    assertThat(run.counters.get(Of.UNROUTABLE)).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void aFrameIsOneEvaluationInEachOfItsSessions(int maxAwake) {
    run = new CoreRun(RULES, How.plain().within(How.neverAsleep().withMaxAwake(maxAwake)));
    UiAction.Builder[] actions = new UiAction.Builder[9];
    for (int i = 0; i < actions.length; i++) {
      actions[i] = action("submit", "/" + i, T0 + i).sessionId("s" + i % 3);
    }
    run.take(new CoreStreams.Timed(T0, frame("", T0, actions)));
    assertThat(run.said).hasSize(3);
    assertThat(run.said.values())
        .allSatisfy(lines -> assertThat(lines).hasSize(4).last().isEqualTo("end of evaluation"));
    assertThat(run.counters.get(Of.AWAKE)).isEqualTo(Math.min(3, maxAwake));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aUserLearntFromASummaryIsTheUserOfLaterOffers(How how) {
    run = new CoreRun(RULES, how);
    Instant at = Instant.ofEpochMilli(T0);
    run.take(new CoreStreams.Timed(T0, new SummaryEvent("p", "s", "jane", "text", 1, at)));
    act("submit", "/a", T0 + 1_000);
    act("click", "/a", T0 + 2_000);
    assertThat(run.core.userOf(new SessionKey("p", "s"))).isEqualTo("jane");
    List<String> said = run.said.values().iterator().next();
    assertThat(said).first().isEqualTo("is jane");
    assertThat(said)
        .filteredOn(line -> line.contains(" Submit "))
        .allMatch(l -> l.endsWith("by jane"));
    assertThat(said).filteredOn(line -> line.contains(" Submit ")).isNotEmpty();
  }
}
