package dev.tourmaline.engine.internal.drools.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.RuleBudget;
import dev.tourmaline.engine.internal.fact.RuleBudgetExceeded;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndlessRuleTest {

  private static final long T0 = 1_700_000_000_000L;

  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "when $a : Action() then while (true);",
        "dialect \"mvel\" when $a : Action() then while (true) { }",
        "dialect \"mvel\" when $a : Action() then for (int i = 0; i >= 0 || i < 0; i++) { }",
        "when $a : Action() then while (true) try { spin(true); } catch (Throwable e) { }",
        "when $a : Action() then int i = 0; do i++; while (i >= 0 || i < 0);",
        "when $a : Action() then for (String s = \"\"; ; ) s.length();",
        "when $a : Action() then Runnable r = () -> { for (;;) { } }; r.run();",
        "when $a : Action() then new Object() { void f(int n) { if (n > 0) { f(n - 1); f(n - 1); } } }.f(90);",
        "when $a : Action() then spin(true);",
        "when $a : Action() then fib(90);",
        "when $a : Action( fib(90) > 0 ) then",
        "when $a : Action( title matches \"(.*a){12}b\" ) then",
        "when $a : Action( title not matches path + \"(.*a){12}b\" || matches \"c\" ) then",
        "when $a : Action( $t : title ) eval( $t matches \"(.*a){12}b\" ) then",
      })
  void nothingThatARuleSaysRunsForEver(String rule) {
    String drl =
        """
        function int fib(int n) { return n < 2 ? 1 : fib(n - 1) + fib(n - 2); }
        function void spin(boolean on) {
          while (on) ;
        }
        rule "r" @flow("f") %s
        // tours
        end
        """
            .formatted(rule);
    Compilation compiled = RuleCompiler.compile(RuleSet.of("r.drl", drl));
    assertThat(compiled).isInstanceOf(Compilation.Compiled.class);
    RuleProgram program = new RuleProgram(((Compilation.Compiled) compiled).rules());
    RuleSession session = new RuleSession(program, new OfferCollector(program), T0);
    AtomicLong clock = new AtomicLong();
    RuleBudget budget = new RuleBudget(Duration.ofSeconds(1), () -> clock.getAndAdd(50_000_000));
    budget.begin();
    try {
      assertThatThrownBy(
              () -> {
                session.insert(pageview("a".repeat(40)));
                session.fire(1);
              })
          .isInstanceOf(RuleBudgetExceeded.class);
    } finally {
      budget.end();
      session.dispose();
    }
  }

  private static ActionFact pageview(String title) {
    UiAction action =
        UiAction.builder("pageview").title(title).start(Instant.ofEpochMilli(T0)).build();
    History history = new History(new PagePaths(), new CoverageGaps(), SessionLimits.defaults());
    history.take(action, T0, T0, true);
    return new ActionFact(new SessionKey("p", "s"), "", history, action, T0);
  }
}
