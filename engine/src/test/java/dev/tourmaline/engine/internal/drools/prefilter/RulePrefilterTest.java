package dev.tourmaline.engine.internal.drools.prefilter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.ElapsedFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.RuleTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rules a fact could concern. */
class RulePrefilterTest {

  private static final SessionKey KEY = new SessionKey("p", "s");
  private static final long T0 = 1_700_000_000_000L;

  private final History history =
      new History(new PagePaths(), new CoverageGaps(), SessionLimits.defaults());

  private HistoryFact action(String type, String path) {
    UiAction action =
        UiAction.builder(type).url("https://h.com" + path).start(Instant.ofEpochMilli(T0)).build();
    history.take(action, T0, T0, true);
    return new ActionFact(KEY, "", history, action, T0);
  }

  private static boolean marks(HistoryFact fact, String factType, String... constraints) {
    PatternText pattern =
        new PatternText(factType, 1, List.of(constraints), false, "", "", Optional.empty(), 0);
    RuleDefinition rule =
        new RuleDefinition(
            0,
            "r",
            "rules.f0",
            "f",
            1,
            "flow",
            50,
            0,
            true,
            List.of(pattern),
            RuleTerms.none(),
            Duration.ZERO);
    RulePrefilter prefilter = new RulePrefilter(List.of(rule));
    return prefilter.mark(fact, prefilter.newResults(), new long[prefilter.words()]);
  }

  @Test
  void aRuleIsFoundByKindAndPage() {
    HistoryFact click = action("click", "/a");

    assertThat(marks(click, "Action", "click", "path == \"/a\"")).isTrue();
    assertThat(marks(click, "Action", "pageview", "path == \"/a\"")).isFalse();
    assertThat(marks(click, "Action", "click", "path == \"/b\"")).isFalse();
    assertThat(marks(action("typed", "/a"), "Action", "typing")).isFalse();
    assertThat(marks(action("type", "/a"), "Action", "typing")).isTrue();
    assertThat(marks(action("drag", "/a"), "Action", "path == \"/a\"")).isTrue();
  }

  @Test
  void aRuleOnAnySessionFactConcernsFactsOfEveryType() {
    assertThat(marks(action("click", "/a"), "SessionFact", "path == \"/a\"")).isTrue();
    assertThat(marks(action("click", "/b"), "SessionFact", "path == \"/a\"")).isFalse();
    HistoryFact idle = new ElapsedFact.OfIdling(KEY, "", history, T0 + 1_000, 1_000);
    assertThat(marks(idle, "SessionFact", "secondsOnPage < 60")).isTrue();
    assertThat(marks(idle, "Dwell", "reached(\"1s\")")).isFalse();
  }

  @Test
  void whatIsNotUnderstoodCountsAsTrue() {
    assertThat(marks(action("click", "/a"), "Action", "title matches \".*Pay.*\"")).isTrue();
  }
}
