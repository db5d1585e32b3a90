package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.core.CoreStreams.Timed;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rules change while sessions go on. */
class RuleReplacementTest {

  /** In force all the time. */
  private static final String KEPT = CoreRun.text("patterns.drl");

  private static final String KEPT_STEPS =
      CoreRun.text("steps.drl").replaceAll("(?s)package steps", "package kept");

  private static final String OLD =
      """
      rule "Old step" @flow("o") when $a : Action( click ) then tours.offer($a, "old"); end
      rule "Old idle" @flow("o") when $i : Idle( reached("20s") ) then tours.offer($i, "old"); end
      rule "Old pattern" @flow("o")
      when
        $a : Action( pageview )
        $b : Action( click, this after[0s,10m] $a )
      then tours.offer($b, "old"); end
      """;

  private static final String NEW =
      """
      rule "New step" @flow("n")
      when $a : Action( click, clicksWithin("**", "10m") >= 2 ) then tours.offer($a, "new"); end
      rule "New idle" @flow("n")
      when $i : Idle( reached("70s") || reached("25m") ) then tours.offer($i, "new"); end
      rule "New dwell" @flow("n") when $d : Dwell( reached("100s") ) then tours.offer($d, "new"); end
      rule "New pattern" @flow("n")
      when
        $a : Action( submit )
        $b : Action( click, this after[0s,10m] $a )
      then tours.offer($b, "new"); end
      """;

  private static final RuleProgram BEFORE = CoreRun.compile(KEPT, KEPT_STEPS, OLD);
  private static final RuleProgram AFTER = CoreRun.compile(NEW, KEPT_STEPS, KEPT);
  private static final long T0 = CoreStreams.T0;

  @Provide
  Arbitrary<List<Timed>> streams() {
    return CoreStreams.streams(40);
  }

  @Provide
  Arbitrary<Set<Integer>> places() {
    return Arbitraries.integers().between(0, 40).set().ofMaxSize(4);
  }

  @Property(tries = 80, seed = "5")
  void unchangedRulesDecideAsIfNothingHadHappened(
      @ForAll("streams") List<Timed> events, @ForAll("places") Set<Integer> moves) {
    replace(events, moves, How.plain());
  }

  @Property(tries = 60)
  void unchangedRulesDecideAsIfNothingHadHappenedForAnySeed(
      @ForAll("streams") List<Timed> events, @ForAll("places") Set<Integer> moves) {
    replace(events, moves, How.plain());
  }

  @Property(tries = 60)
  void sessionsThatSleepMoveToo(
      @ForAll("streams") List<Timed> events, @ForAll("places") Set<Integer> moves) {
    replace(events, moves, How.plain().asleep());
    replace(events, moves, How.plain().within(How.neverAsleep().withMaxAwake(1)));
  }

  private static void replace(List<Timed> events, Set<Integer> moves, How how) {
    Map<String, List<String>> before = new CoreRun(BEFORE, How.plain()).takeAll(events).said;
    CoreRun run = new CoreRun(BEFORE, how);
    boolean moved = false;
    for (int i = 0; i < events.size(); i++) {
      if (moves.contains(i)) {
        moved = !moved;
        run.core.moveTo(moved ? AFTER : BEFORE, events.get(i).now());
      }
      run.take(events.get(i));
    }
    if (!events.isEmpty()) {
      run.core.advanceExactly(events.get(events.size() - 1).now() + 7_200_000);
    }
    run.core.close();
    assertThat(run.failures).isEmpty();
    assertThat(without(run.said, "Old|New")).isEqualTo(without(before, "Old|New"));
  }

  /** Offers only, those of some rules left out. */
  private static Map<String, List<String>> without(Map<String, List<String>> said, String rules) {
    return said.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    entry.getValue().stream()
                        .filter(line -> !line.startsWith("end of"))
                        .filter(line -> !line.matches("\\d+ (" + rules + ") .*"))
                        .toList()));
  }

  @Property(tries = 60)
  void newRulesSeeFromThenOnAndOldOnesNoMore(
      @ForAll("streams") List<Timed> events, @ForAll boolean asleep) {
    int move = events.size() / 2;
    How how = asleep ? How.plain().asleep() : How.plain();
    CoreRun run = new CoreRun(BEFORE, how);
    CoreRun always = new CoreRun(AFTER, how);
    events.subList(0, move).forEach(run::take);
    events.subList(0, move).forEach(always::take);
    long now = move == 0 ? T0 : events.get(move - 1).now();
    always.core.advanceExactly(now);
    List<String> early = steps(always, "New (step|idle|dwell)");
    run.core.moveTo(AFTER, now);
    int told = steps(run, "Old .*").size();
    events.subList(move, events.size()).forEach(run::take);
    events.subList(move, events.size()).forEach(always::take);
    long end = events.isEmpty() ? T0 : events.get(events.size() - 1).now() + 7_200_000;
    run.core.advanceExactly(end);
    always.core.advanceExactly(end);
    List<String> late = steps(always, "New (step|idle|dwell)");
    early.forEach(late::remove);
    assertThat(steps(run, "New (step|idle|dwell)")).isEqualTo(late);
    assertThat(steps(always, "New pattern")).containsAll(steps(run, "New pattern"));
    assertThat(steps(run, "Old .*")).hasSize(told);
    run.core.close();
    always.core.close();
  }

  private static List<String> steps(CoreRun run, String rules) {
    return run.said.values().stream()
        .flatMap(List::stream)
        .filter(line -> line.matches("\\d+ " + rules + " [\\w-]{20} '.*"))
        .collect(Collectors.toList());
  }

  @Example
  void aNewRulesTimerFiresInASleepingSession() {
    CoreRun run = new CoreRun(BEFORE, How.plain().asleep());
    run.take(view(T0));
    run.core.moveTo(AFTER, T0 + 60_000);
    run.core.advanceExactly(T0 + 85_000);
    assertThat(run.rules()).contains("New idle");
    run.core.advanceExactly(T0 + 115_000);
    assertThat(run.rules()).contains("New dwell");
    run.core.close();
  }

  @Example
  void aTimerOfARuleThatIsGoneWakesNobody() {
    CoreRun run = new CoreRun(BEFORE, How.plain().asleep());
    run.take(view(T0));
    RuleProgram quiet =
        CoreRun.compile(OLD.replace("Idle", "Summary").replace("reached(\"20s\")", ""));
    run.core.moveTo(quiet, T0 + 1_000);
    long woken = run.counters.get(Counters.Of.WOKEN);
    run.core.advanceExactly(T0 + 600_000);
    assertThat(run.counters.get(Counters.Of.WOKEN)).isEqualTo(woken);
    assertThat(run.counters.get(Counters.Of.ASLEEP)).isOne();
    run.core.close();
  }

  private static Timed view(long at) {
    Instant time = Instant.ofEpochMilli(at);
    UiAction action = UiAction.builder("pageview").url("https://h.com/x").start(time).build();
    return new Timed(at, new ActionsEvent("p", "s", "", "", "", time, List.of(action)));
  }

  @Example
  void theRulesOfThisTestAreWhatTheySay() {
    assertThat(Stream.of(BEFORE, AFTER).map(p -> p.rules().size()).toList())
        .containsExactly(40, 41);
  }
}
