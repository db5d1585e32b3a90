package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are bounded in number and in bytes: the oldest leave first, and are counted. */
class SessionBoundsTest {

  private static final long T0 = CoreStreams.T0;
  private static final RuleProgram RULES =
      CoreRun.compile(
          """
          rule "Second click" @flow("f")
          when $a : Action( click, clicksWithin("10m") >= 2 ) then tours.offer($a, ""); end
          rule "First click" @flow("f")
          when $a : Action( click, clicksWithin("5m") == 1 )
          then tours.offer($a, ""); end
          rule "Submit after a click" @flow("f")
          when $a : Action( focus ) $b : Action( submit, this after[0s, 1h] $a, title == $a.title )
          then tours.offer($b, ""); end
          """);

  private CoreRun run = new CoreRun(RULES, How.plain());
  private long now = T0;

  private void within(SessionLimits limits, boolean asleep) {
    How how = How.plain().within(limits);
    run = new CoreRun(RULES, asleep ? how.asleep() : how);
  }

  private void act(String session, String type, String path, String title) {
    now += 1_000;
    UiAction action =
        UiAction.builder(type)
            .url("https://h.com" + path)
            .title(title)
            .start(Instant.ofEpochMilli(now))
            .build();
    Instant at = Instant.ofEpochMilli(now);
    run.take(
        new CoreStreams.Timed(
            now, new ActionsEvent("p", session, "", "", "", at, List.of(action))));
  }

  private void click(String session) {
    act(session, "click", "/a", "t");
  }

  private long kept() {
    return run.counters.get(Of.AWAKE) + run.counters.get(Of.ASLEEP);
  }

  @Test
  void whereThereAreTooManyTheOldestLeave() {
    within(How.neverAsleep().withMaxSessions(10), true);
    for (int i = 0; i < 30; i++) {
      click("s" + i);
      assertThat(kept()).isLessThanOrEqualTo(10);
    }
    assertThat(run.counters.get(Of.SESSIONS)).isEqualTo(30);
    assertThat(run.counters.get(Of.EVICTED)).isEqualTo(20);
    IntStream.range(20, 30).forEach(i -> click("s" + i));
    assertThat(run.counters.get(Of.SESSIONS)).as("these are still there").isEqualTo(30);
    assertThat(run.rules()).filteredOn("Second click"::equals).hasSize(10);
    click("s0");
    assertThat(run.counters.get(Of.SESSIONS)).as("this one left").isEqualTo(31);
  }

  @Test
  void whereNoneSleepsThoseNotUsedLatelyLeave() {
    within(How.neverAsleep().withMaxSessions(10), false);
    for (int i = 0; i < 30; i++) {
      click("s" + i);
      click("again");
      assertThat(kept()).isLessThanOrEqualTo(10);
    }
    assertThat(run.counters.get(Of.SESSIONS)).isEqualTo(31);
    assertThat(run.counters.get(Of.EVICTED)).isEqualTo(21);
  }

  @Test
  void whatHadAnEventOfLateStays() {
    within(How.neverAsleep().withMaxSessions(10), true);
    for (int i = 0; i < 30; i++) {
      click("s" + i);
      click("again");
    }
    assertThat(run.counters.get(Of.SESSIONS)).isEqualTo(31);
    assertThat(run.counters.get(Of.EVICTED)).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereTheyTakeTooManyBytesTheOldestLeave(boolean asleep) {
    within(How.neverAsleep().withMaxBytes(200_000), asleep);
    for (int i = 0; i < 2_000; i++) {
      click("s" + i + "-".repeat(400));
    }
    // A key alone takes 400 bytes asleep, 800 awake.
    assertThat(kept()).isBetween(50L, 400L);
    assertThat(run.counters.get(Of.EVICTED)).isEqualTo(2_000 - kept());
    assertThat(run.counters.get(Of.AWAKE)).isLessThanOrEqualTo(100);
  }

  @Test
  void awakeSessionsSleepBeforeAnyLeaves() {
    within(How.neverAsleep().withMaxBytes(200_000), false);
    for (int i = 0; i < 250; i++) {
      click("s" + i);
    }
    assertThat(run.counters.get(Of.ASLEEP)).isPositive();
    assertThat(run.counters.get(Of.EVICTED)).isZero();
  }

  @Test
  void aSessionThatTakesTooMuchBeginsAnewAndCostsNoOther() {
    within(How.neverAsleep().withMaxBytes(3_000_000), false);
    click("quiet");
    for (int i = 0; i < 20; i++) {
      act("loud", "focus", "/a", "x".repeat(60_000));
    }
    assertThat(run.counters.get(Of.EVICTED)).isBetween(5L, 20L);
    click("quiet");
    assertThat(run.rules()).containsExactly("First click", "Second click");
    assertThat(run.counters.get(Of.SESSIONS)).isEqualTo(2);
  }

  @Test
  void aSessionThatMayHaveLeftClaimsNothingAbsent() {
    within(How.neverAsleep().withMaxSessions(1), true);
    click("s1");
    click("s2");
    assertThat(run.rules()).containsExactly("First click", "First click");
    click("s1");
    assertThat(run.rules()).as("its first click is forgotten").hasSize(2);
    now += 5 * 60_000;
    click("s3");
    assertThat(run.rules()).as("the window has passed").hasSize(3);
  }

  /** Frames are checked where they are decoded, events of a program here. */
  @Test
  void whatHasAnOverlongIdOpensNoSession() {
    String longest = "i".repeat(SessionKey.LONGEST_ID);
    click(longest);
    click(longest + "i");
    Instant at = Instant.ofEpochMilli(now);
    for (StreamEvent event :
        List.of(
            new SummaryEvent("p", "s", longest + "i", "text", 0, at),
            new TriggerEvent(longest + "i", "s", "", "f", ""))) {
      run.take(new CoreStreams.Timed(now, event));
    }
    assertThat(run.counters.get(Of.SESSIONS)).isOne();
    assertThat(run.counters.get(Of.INBOUND)).isZero();
    assertThat(Counters.snapshot(run.counters, List.of()).rejected())
        .isEqualTo(Map.of(RejectReason.ID_TOO_LONG, 3L));
  }

  @Test
  void whatLeavesGivesItsBytesBack() {
    within(How.neverAsleep().withMaxBytes(200_000), true);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 200; i++) {
        click("s" + round + "-" + i);
      }
      now += 7_200_000;
      run.core.advanceExactly(now);
      assertThat(kept()).isZero();
    }
    assertThat(run.counters.get(Of.EVICTED)).isZero();
  }
}
