package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which session and which moment an event belongs to, where it leaves something out. */
class EventRoutingTest {

  private static final long T0 = CoreStreams.T0;
  private static final String RULES =
      """
      rule "Submit" @flow("f") when $a : Action( submit ) then tours.offer($a, ""); end
      rule "Summary" @flow("f") when $s : Summary( ) then tours.offer($s, ""); end
      rule "Outcome" @flow("f") when $o : TourOutcome( ) then tours.offer($o, ""); end
      """;

  private final CoreRun run = new CoreRun(CoreRun.compile(RULES), How.plain());

  private void take(StreamEvent event, long now) {
    run.core.accept(event, now);
  }

  private static ActionsEvent submit(String session, String user, long forwarded) {
    UiAction untimed = UiAction.builder("submit").url("https://h.com/a").build();
    Instant at = Instant.ofEpochMilli(forwarded);
    return new ActionsEvent("p", session, user, "", "", at, List.of(untimed));
  }

  private static SummaryEvent summary(String product, String session, String user, long at) {
    return new SummaryEvent(product, session, user, "text", 1, Instant.ofEpochMilli(at));
  }

  /** The event times of what was offered in a session. */
  private List<Long> times(String session) {
    return run.said.getOrDefault("p/" + session, List.of()).stream()
        .filter(line -> line.contains(" at "))
        .map(line -> Long.valueOf(line.replaceAll(".* at (\\d+) by .*", "$1")))
        .toList();
  }

  @Test
  void whatHasNoTimeOfItsOwnHappenedWhenItWasForwardedOrNow() {
    take(submit("s", "", T0 - 5_000), T0);
    take(submit("s2", "", 0), T0);
    take(summary("p", "s3", "", T0 - 5_000), T0);
    take(summary("p", "s4", "", 0), T0);

    assertThat(times("s")).containsExactly(T0 - 5_000);
    assertThat(times("s2")).containsExactly(T0);
    assertThat(times("s3")).containsExactly(T0 - 5_000);
    assertThat(times("s4")).containsExactly(T0);
  }

  @Test
  void aReportHappensAtTheTimeOfItsSessionOrNow() {
    take(submit("s", "", T0 - 5_000), T0);
    for (String session : List.of("s", "new")) {
      TourFeedback shown =
          new TourFeedback("t", new SessionKey("p", session), TourFeedback.Outcome.SHOWN, 0);
      run.core.accept(shown, "f", "rule", T0 + 1_000);
    }

    assertThat(times("s")).containsExactly(T0 - 5_000, T0 - 5_000);
    assertThat(times("new")).containsExactly(T0 + 1_000);
  }

  @Test
  void whatBelongsToNobodyIsCountedAndOpensNoSession() {
    take(submit("", "", T0), T0);
    take(summary("p", "", "", T0), T0);
    take(summary(" ", "s", "", T0), T0);
    take(new TriggerEvent("", "s", "", "f", ""), T0);
    take(new TriggerEvent("p", " ", "", "f", ""), T0);
    take(new TriggerEvent("p", "s", "", "", ""), T0);

    assertThat(run.counters.get(Of.UNROUTABLE)).isEqualTo(6);
    assertThat(run.counters.get(Of.SESSIONS)).isZero();
    assertThat(run.counters.get(Of.SUMMARIES)).isZero();
    assertThat(run.counters.get(Of.INBOUND)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTourOfAnotherSystemComesWithTheUserWhoIsKnown(boolean asleep) {
    List<String> inbound = new ArrayList<>();
    How how = asleep ? How.plain().asleep() : How.plain();
    CoreRun core =
        new CoreRun(CoreRun.compile(RULES), how) {
          @Override
          public void inbound(TriggerEvent event, SessionKey session, String userId) {
            inbound.add(event.flowId() + " in " + session + " of '" + userId + "'");
          }
        };
    core.core.accept(submit("s", "jane", T0), T0);
    core.core.accept(new TriggerEvent("p", "s", "", "f", ""), T0);
    core.core.accept(new TriggerEvent("p", "", "ann", "f", ""), T0);

    assertThat(inbound).containsExactly("f in p/s of 'jane'", "f in p/ann of ''");
    assertThat(core.counters.get(Of.INBOUND)).isEqualTo(2);
  }
}
