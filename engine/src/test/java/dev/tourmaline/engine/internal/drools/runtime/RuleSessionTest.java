package dev.tourmaline.engine.internal.drools.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Drools session of one user session. */
class RuleSessionTest {

  private static final long T0 = 1_700_000_000_000L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$b : Action( submit, this after[1ms,5s] $a )",
        "not Action( submit, this after[1ms,5s] $a )"
      })
  void noExpiryJobKeepsAnActionThatWasDeleted(String second) {
    String drl =
        "rule \"r\" @flow(\"f\") when $a : Action( click ) "
            + second
            + " then tours.offer($a, \"\"); end";
    Compilation compiled = RuleCompiler.compile(RuleSet.of("r.drl", drl));
    RuleProgram program = new RuleProgram(((Compilation.Compiled) compiled).rules());
    RuleSession session = new RuleSession(program, new OfferCollector(program), T0);

    session.delete(session.insert(pageview()));
    session.fire(10);

    assertThat(session.nextTimer()).isEqualTo(Long.MAX_VALUE);
    session.dispose();
  }

  private static ActionFact pageview() {
    UiAction action =
        UiAction.builder("pageview").url("https://h.com/a").start(Instant.ofEpochMilli(T0)).build();
    History history = new History(new PagePaths(), new CoverageGaps(), SessionLimits.defaults());
    history.take(action, T0, T0, true);
    return new ActionFact(new SessionKey("p", "s"), "", history, action, T0);
  }
}
