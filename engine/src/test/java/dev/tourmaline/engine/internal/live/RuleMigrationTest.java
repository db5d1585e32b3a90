package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.MutableClock;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules are replaced in all lanes or in none. */
class RuleMigrationTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private static final String IDLE =
      """
      rule "Idle" @flow("tour_idle") when $i : Idle( reached("10s") )
      then tours.offer($i, ""); end
      """;

  private final MutableClock clock = new MutableClock(T0);
  private final RuleProgram before = program(IDLE);
  private final RuleProgram after = program(IDLE.replace("10s", "20s"));
  private final Lanes lanes = lanes();

  private static RuleProgram program(String drl) {
    Compilation compilation = RuleCompiler.compile(RuleSet.of("a.drl", drl));
    return new RuleProgram(((Compilation.Compiled) compilation).rules());
  }

  /** Two lanes; whoever is offered a tour in session "breaks" breaks its lane's task. */
  private Lanes lanes() {
    EvaluationListener listener =
        new EvaluationListener() {
          @Override
          public void evaluated(Evaluation evaluation) {
            if (evaluation.offers().get(0).session().sessionId().equals("breaks")) {
              throw new AssertionError("broken on purpose");
            }
          }

          @Override
          public void userKnown(SessionKey session, String userId, String before, long now) {}
        };
    CoreParts parts =
        CoreParts.of(product -> new CoverageGaps(), SessionLimits.defaults(), 2, false);
    Counters counters = new Counters();
    UncaughtFaults faults = new UncaughtFaults(new Listeners(List.of(), clock), clock);
    List<Lane> each =
        IntStream.range(0, 2)
            .mapToObj(
                i -> {
                  RuleEvaluator evaluator = new RuleEvaluator(before, true, 100, failure -> {});
                  SessionCore core = new SessionCore(parts, evaluator, listener);
                  return new Lane("lane-" + i, 10, core, clock, lost(counters), faults);
                })
            .toList();
    return new Lanes(each, clock);
  }

  private LostEvents lost(Counters counters) {
    return new LostEvents(product -> new CoverageGaps(), counters, clock);
  }

  @AfterEach
  void close() throws InterruptedException {
    lanes.closeWhenDone();
    lanes.awaitEnd(Deadline.in(Duration.ofSeconds(5)));
  }

  private List<RuleProgram> programs() throws Exception {
    List<RuleProgram> found = new ArrayList<>();
    for (CompletableFuture<RuleProgram> answer :
        lanes.askAll((core, now) -> core.evaluator().program())) {
      found.add(answer.get(10, TimeUnit.SECONDS));
    }
    return found;
  }

  @Test
  void allLanesMove() throws Exception {
    lanes.start();
    new RuleMigration(lanes, before).moveTo(after);
    assertThat(programs()).containsExactly(after, after);
  }

  @Test
  void oneLaneThatCannotMoveKeepsAllWhereTheyWere() throws Exception {
    lanes.start();
    UiAction action = UiAction.builder("click").url("https://a.example/x").start(T0).build();
    ActionsEvent event =
        ActionsEvent.builder("prod").sessionId("breaks").forwardedAt(T0).action(action).build();
    lanes.put(event).toCompletableFuture().get(10, TimeUnit.SECONDS);
    // Due within the tick of now, which a migration completes and the lane does not.
    clock.advance(Duration.ofSeconds(25).plusMillis(1));

    assertThatThrownBy(() -> new RuleMigration(lanes, before).moveTo(after))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the rules stay as they were")
        .hasMessageContaining("broken on purpose");
    assertThat(programs()).containsExactly(before, before);
    new RuleMigration(lanes, before).moveTo(after);
    assertThat(programs()).containsExactly(after, after);
  }
}
