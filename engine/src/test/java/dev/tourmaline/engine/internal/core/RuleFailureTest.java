package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.rule.RuleFailure;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that fails is blamed itself, once for each failure, and costs nobody else anything. */
class RuleFailureTest {

  private static final long T0 = CoreStreams.T0;

  private final RuleProgram rules =
      CoreRun.compile(
          """
          rule "Stuck" @flow("f") when $a : Action( click ) then tours.offer($a, ""); end

          rule "Stuck on pricing" @flow("f")
          when $a : Action( click, path.substring(20).isEmpty() ) then tours.offer($a, ""); end

          rule "Fails to say" @flow("f")
          when
            $a : Action( submit )
            $b : Action( submit, this after[1ms,10m] $a )
          then tours.offer($b, $a.getTitle().substring(20)); end

          rule "Fails to join" @flow("f")
          when
            $a : Action( focus )
            $b : Action( blur, title.substring(20) == $a.title, this after[0s,10m] $a )
          then tours.offer($b, ""); end

          rule "Joins" @flow("f")
          when
            $a : Action( focus )
            $b : Action( blur, this after[0s,10m] $a )
          then tours.offer($b, ""); end
          """);

  private long now = T0;

  private void act(CoreRun run, String... types) {
    for (String type : types) {
      now += 1_000;
      Instant at = Instant.ofEpochMilli(now);
      UiAction action = UiAction.builder(type).title("t").url("https://h.com/a").start(at).build();
      run.take(
          new CoreStreams.Timed(now, new ActionsEvent("p", "s", "", "", "", at, List.of(action))));
    }
  }

  private static How how(boolean asleep) {
    return asleep ? How.plain().asleep() : How.plain();
  }

  @Test
  void aFailureIsNotAttributedByPrefixOfARulesName() {
    CoreRun run = new CoreRun(rules, How.plain());
    act(run, "click", "click", "click", "click");
    assertThat(run.failures)
        .hasSize(3)
        .allSatisfy(failure -> assertThat(failure.rule()).isEqualTo("Stuck on pricing"))
        .extracting(RuleFailure::quarantined)
        .containsExactly(false, false, true);
    assertThat(run.rules()).containsExactly("Stuck", "Stuck", "Stuck", "Stuck");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConsequenceThatFailedDoesNotFailAgainWhenItsSessionWakes(boolean asleep) {
    CoreRun run = new CoreRun(rules, how(asleep));
    act(run, "submit", "submit", "pageview", "pageview", "pageview");
    assertThat(run.failures)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.rule()).isEqualTo("Fails to say");
              assertThat(failure.kind()).isEqualTo(RuleFailure.Kind.CONSEQUENCE);
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJoinThatFailsCostsTheOtherJoinsNothing(boolean asleep) {
    CoreRun run = new CoreRun(rules, how(asleep));
    act(run, "focus", "blur", "blur");
    assertThat(run.rules()).containsExactly("Joins", "Joins");
    assertThat(run.failures).hasSize(2).extracting(RuleFailure::rule).containsOnly("Fails to join");
  }
}
