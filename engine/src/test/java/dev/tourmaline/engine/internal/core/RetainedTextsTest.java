package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.core.Counters.Of;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of actions that rules of several patterns hold on to. */
class RetainedTextsTest {

  private static final String READS_TITLES =
      """
      rule "Twice the same" @flow("tour_same")
      when
        $a : Action( click )
        $b : Action( submit, title == $a.title, this after[0s,20m] $a )
      then tours.offer($b, ""); end
      """;

  private static final String READS_NOTHING =
      """
      rule "Click, then submit" @flow("tour_submit")
      when
        $a : Action( click )
        $b : Action( submit, this after[0s,20m] $a )
      then tours.offer($b, ""); end
      """;

  private int clicks;

  private void click(CoreRun run, String url, String title) {
    Instant at = Instant.ofEpochMilli(CoreStreams.T0 + 1_000L * clicks++);
    UiAction action =
        UiAction.builder("click").url(url).title(title).description("in words").start(at).build();
    run.take(
        new CoreStreams.Timed(
            at.toEpochMilli(),
            ActionsEvent.builder("p").sessionId("s").forwardedAt(at).action(action).build()));
  }

  private static String log(CoreRun run) {
    List<String> logs = new ArrayList<>();
    run.core.save(log -> logs.add(new String(log, StandardCharsets.ISO_8859_1)));
    return String.join("", logs);
  }

  @Test
  void textsThatNoRuleReadsAreNotKept() {
    CoreRun run = new CoreRun(CoreRun.compile(READS_NOTHING), How.plain());
    click(run, "https://h.com/a?query#fragment", "A title");
    assertThat(log(run)).contains("/a", "click").doesNotContain("title", "words", "query", "frag");
  }

  @Test
  void textsThatARuleReadsAreKeptAndNoOthers() {
    CoreRun run = new CoreRun(CoreRun.compile(READS_TITLES), How.plain());
    click(run, "https://h.com/a?query#fragment", "A title");
    assertThat(log(run)).contains("A title").doesNotContain("words", "query", "frag");
  }

  @Test
  void longTextsAreKeptUpToABoundAndWhatIsForgottenIsCounted() {
    CoreRun run = new CoreRun(CoreRun.compile(READS_TITLES), How.plain());
    for (int i = 0; i < 30; i++) {
      click(run, "https://h.com/a", i + "x".repeat(64 * 1_024));
    }
    assertThat(log(run).length()).isLessThan(400 * 1_024);
    assertThat(run.counters.get(Of.FORGOTTEN)).isBetween(25L, 29L);
  }

  @Test
  void pathsThatAreCutAreCounted() {
    CoreRun run = new CoreRun(CoreRun.compile(READS_NOTHING), How.plain());
    click(run, "https://h.com/" + "x".repeat(1_023), "");
    assertThat(run.counters.get(Of.SHORTENED)).isZero();
    click(run, "https://h.com/" + "x".repeat(1_024), "");
    assertThat(run.counters.get(Of.SHORTENED)).isOne();
  }
}
