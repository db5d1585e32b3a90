package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.core.CoreStreams.Timed;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What makes the engine fast and small changes nothing that it decides. */
class SameDecisionsTest {

  private static final RuleProgram STEPS = CoreRun.compile("steps.drl");
  private static final RuleProgram BOTH = CoreRun.compile("steps.drl", "patterns.drl");
  private static final RuleProgram JOINS = CoreRun.compile("joins.drl");

  /** The same rules next to one that takes time, which makes Drools work in another way. */
  private static final RuleProgram JOINS_IN_TIME =
      CoreRun.compile(
          "joins.drl",
          """
          rule "Never" @flow("never")
          when
            $a : Action( type == "never" )
            not( Action( submit, this after[0s,30s] $a ) )
          then tours.offer($a, "never"); end
          """);

  private static final RuleProgram ALL =
      CoreRun.compile("steps.drl", "patterns.drl", "windows.drl");

  @Provide
  Arbitrary<List<Timed>> streams() {
    return CoreStreams.streams(50);
  }

  @Property(tries = 100, seed = "1")
  void thePrefilterChangesNoDecision(@ForAll("streams") List<Timed> events) {
    agree(events, How.plain(), How.plain().withoutPrefilter());
  }

  @Property(tries = 100)
  void thePrefilterChangesNoDecisionForAnySeed(@ForAll("streams") List<Timed> events) {
    agree(events, How.plain(), How.plain().withoutPrefilter());
  }

  @Property(tries = 100, seed = "2")
  void sleepingAfterEveryFrameChangesNoDecision(@ForAll("streams") List<Timed> events) {
    agree(events, How.plain(), How.plain().asleep());
  }

  @Property(tries = 100)
  void sleepingAfterEveryFrameChangesNoDecisionForAnySeed(@ForAll("streams") List<Timed> events) {
    agree(events, How.plain(), How.plain().asleep());
  }

  @Property(tries = 100)
  void sleepingUnderMemoryPressureChangesNoDecision(@ForAll("streams") List<Timed> events) {
    agree(events, How.plain(), How.plain().within(How.neverAsleep().withMaxAwake(1)));
    agree(events, How.plain(), How.plain().within(How.neverAsleep().withMaxAwake(2)));
  }

  @Property(tries = 100)
  void sleepingAfterAWhileChangesNoDecision(@ForAll("streams") List<Timed> events) {
    SessionLimits soon = SessionLimits.defaults().withSleepAfter(Duration.ofSeconds(40));
    agree(events, How.plain(), How.plain().within(soon));
  }

  @Property(tries = 100)
  void aRuleThatTakesTimeChangesNothingForTheOthers(@ForAll("streams") List<Timed> events) {
    CoreRun joins = new CoreRun(JOINS, How.plain()).takeAll(events);
    CoreRun inTime = new CoreRun(JOINS_IN_TIME, How.plain()).takeAll(events);
    assertThat(inTime.said).isEqualTo(joins.said);
  }

  @Property(tries = 100)
  void movingToAnotherProcessChangesNoDecision(
      @ForAll("streams") List<Timed> events, @ForAll @IntRange(max = 50) int at) {
    int moved = Math.max(0, Math.min(at, events.size() - 1));
    for (RuleProgram program : List.of(STEPS, BOTH, JOINS, ALL)) {
      CoreRun stayed = new CoreRun(program, How.plain()).takeAll(events);
      CoreRun before = new CoreRun(program, How.plain());
      events.subList(0, moved).forEach(before::take);
      CoreRun after = before.moved(program, How.plain());
      assertThat(after.takeAll(events.subList(moved, events.size())).said).isEqualTo(stayed.said);
    }
  }

  private static void agree(List<Timed> events, How one, How other) {
    for (RuleProgram program : List.of(STEPS, BOTH, JOINS, ALL)) {
      CoreRun first = new CoreRun(program, one).takeAll(events);
      CoreRun second = new CoreRun(program, other).takeAll(events);
      assertThat(second.said).isEqualTo(first.said);
      assertThat(first.failures).isEmpty();
      assertThat(second.failures).isEmpty();
    }
  }
}
