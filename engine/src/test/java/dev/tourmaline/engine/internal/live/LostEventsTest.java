package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.MutableClock;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which sessions miss which time after events were lost. */
class LostEventsTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final String RULES =
      """
      rule "Blind" @flow("f") when $a : Action( blindWithin("10s") ) then tours.offer($a, ""); end
      """;

  private final MutableClock clock = new MutableClock(T0);
  private final Counters counters = new Counters();
  private final CoverageGaps product = new CoverageGaps();
  private final LostEvents lost = new LostEvents(id -> product, counters, clock);
  private final List<String> blind = new ArrayList<>();
  private final SessionCore core = core();

  private SessionCore core() {
    EvaluationListener listener =
        new EvaluationListener() {
          @Override
          public void evaluated(Evaluation evaluation) {
            evaluation.offers().forEach(offer -> blind.add(offer.session().sessionId()));
          }

          @Override
          public void userKnown(SessionKey session, String userId, String before, long now) {}
        };
    Compilation compilation = RuleCompiler.compile(RuleSet.of("a.drl", RULES));
    RuleProgram program = new RuleProgram(((Compilation.Compiled) compilation).rules());
    CoreParts parts = CoreParts.of(id -> product, SessionLimits.defaults(), 1, false);
    return new SessionCore(parts, new RuleEvaluator(program, true, 100, failure -> {}), listener);
  }

  private static ActionsEvent clicks(String session, long... seconds) {
    List<UiAction> actions =
        IntStream.range(0, seconds.length)
            .mapToObj(i -> click().start(T0.plusSeconds(seconds[i])).build())
            .toList();
    return new ActionsEvent("p", session, "", "", "", T0, actions);
  }

  private static UiAction.Builder click() {
    return UiAction.builder("click").url("https://a.example/x");
  }

  private void noteLost() {
    lost.moveTo(core, clock.millis());
  }

  /** Whether a click of a session at a time is blind to any of the ten seconds before it. */
  private boolean isBlind(String session, long second) {
    blind.clear();
    core.accept(clicks(session, second), clock.millis());
    return blind.contains(session);
  }

  @Test
  void aSessionMissesAllBetweenTheFirstAndTheLastThatItLost() {
    lost.add(clicks("s", 20, 60));
    lost.add(clicks("s", 40));
    noteLost();

    assertThat(counters.get(Of.LOST)).isEqualTo(2);
    assertThat(core.counters().get(Of.COVERAGE_GAPS)).isOne();
    assertThat(isBlind("s", 19)).isFalse();
    assertThat(isBlind("s", 25)).isTrue();
    assertThat(isBlind("s", 55)).isTrue();
    assertThat(isBlind("s", 71)).isFalse();
    assertThat(isBlind("another", 40)).isFalse();
  }

  @Test
  void whatWasNotedIsNotNotedAgain() {
    lost.add(clicks("s", 20));
    noteLost();
    noteLost();

    assertThat(core.counters().get(Of.COVERAGE_GAPS)).isOne();
  }

  @Test
  void anActionWithoutATimeWasLostWhenItWasForwardedOrCame() {
    clock.advance(Duration.ofSeconds(100));
    List<UiAction> untimed = List.of(click().build());
    lost.add(new ActionsEvent("p", "forwarded", "", "", "", T0.plusSeconds(50), untimed));
    lost.add(new ActionsEvent("p", "came", "", "", "", Instant.EPOCH, untimed));
    lost.add(new SummaryEvent("p", "summary", "", "text", 1, T0));
    noteLost();

    assertThat(isBlind("forwarded", 50)).isTrue();
    assertThat(isBlind("forwarded", 100)).isFalse();
    assertThat(Stream.of("came", "summary").filter(id -> isBlind(id, 100))).hasSize(2);
  }

  @Test
  void whatBelongsToNoSessionIsCountedAlone() {
    lost.add(clicks("", 20));
    noteLost();

    assertThat(counters.get(Of.LOST)).isOne();
    assertThat(core.counters().get(Of.SESSIONS)).isZero();
  }

  @Test
  void beyondTenThousandSessionsTheWholeProductIsBlind() {
    for (int i = 0; i < 10_000; i++) {
      lost.add(clicks("s" + i, 20));
    }
    lost.add(clicks("s0", 40));
    assertThat(isBlind("fresh", 0)).as("all of them have their own").isFalse();
    clock.advance(Duration.ofSeconds(80));
    ActionsEvent byASlowClock = clicks("one more", 5);
    lost.add(byASlowClock);

    assertThat(isBlind("fresh", 80)).isTrue();
    noteLost();
    assertThat(core.counters().get(Of.COVERAGE_GAPS)).isEqualTo(10_000);
  }
}
