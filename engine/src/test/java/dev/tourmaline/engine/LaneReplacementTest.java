package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.source.EventLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that never returns costs one session's event, and nobody else anything but a moment. */
class LaneReplacementTest {

  private static final String HANGS_IN_CONSEQUENCE =
      """
      rule "Hangs" @flow("tour_hang") salience 10
      when $a : Action( click )
      then dev.tourmaline.engine.Hang.on("%s", $a.getSessionId()); tours.offer($a, "hung"); end
      """;

  private static final String HANGS_IN_CONDITION =
      """
      rule "Hangs" @flow("tour_hang") salience 10
      when $a : Action( click, dev.tourmaline.engine.Hang.on("%s", sessionId) )
      then tours.offer($a, "hung"); end
      """;

  private static final String THIRD_VISIT =
      """
      rule "Third visit" @flow("tour_billing")
      when $a : Action( pageview, path == "/billing", visitsWithin("1h") >= 3 )
      then tours.offer($a, "third visit"); end
      """;

  private final Recorded heard = new Recorded();

  @BeforeEach
  void hang() {
    Hang.begin();
  }

  @AfterEach
  void release() {
    Hang.end();
    Awaitility.await().until(() -> Hang.inside() == 0);
  }

  private TourEngine start(int lanes, String... rules) {
    return heard.engine(rules).lanes(lanes).build();
  }

  private void visit(TourEngine engine, String session, String path) {
    heard.clock.advance(Duration.ofSeconds(20));
    assertThat(engine.accept(heard.action(session, "pageview", path)))
        .succeedsWithin(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {HANGS_IN_CONSEQUENCE, HANGS_IN_CONDITION})
  void aRuleThatNeverReturnsLosesItsEventAndIsSwitchedOff(String hangs) {
    try (TourEngine engine = start(1, hangs.formatted("s1"), THIRD_VISIT)) {
      CompletionStage<Void> stuck = engine.accept(heard.action("s1", "click", "/billing"));
      assertThat(stuck)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(EventLostException.class)
          .withMessageContaining("Hangs");
      assertThat(heard.failures)
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.rule()).isEqualTo("Hangs");
                assertThat(failure.session().sessionId()).isEqualTo("s1");
                assertThat(failure.quarantined()).isTrue();
                assertThat(failure.detail()).contains("tourmaline-lane-0", "Hang.on");
              });
      // The rule is off: the same session's next click passes.
      heard.clock.advance(Duration.ofSeconds(1));
      assertThat(engine.accept(heard.action("s1", "click", "/x")))
          .succeedsWithin(Duration.ofSeconds(20));
      assertThat(engine.stats().lostThreads()).isEqualTo(1);
      assertThat(engine.stats().lost()).isEqualTo(1);
    }
  }

  @Test
  void otherSessionsOfTheLaneKeepWhatTheyHaveSeen() {
    try (TourEngine engine = start(1, HANGS_IN_CONSEQUENCE.formatted("s1"), THIRD_VISIT)) {
      for (String session : List.of("s1", "s2")) {
        visit(engine, session, "/billing");
        visit(engine, session, "/other");
        visit(engine, session, "/billing");
        visit(engine, session, "/other");
      }
      heard.clock.advance(Duration.ofSeconds(1));
      assertThat(engine.accept(heard.action("s1", "click", "/other")))
          .failsWithin(Duration.ofSeconds(20));
      visit(engine, "s2", "/billing");
      visit(engine, "s1", "/billing");
      assertThat(heard.sessions()).containsExactly("s2", "s1");
      assertThat(engine.stats().sessions()).isEqualTo(2);
      assertThat(engine.stats().awake() + engine.stats().asleep()).isEqualTo(2);
    }
  }

  @Test
  void aLostThreadChangesNothingWhenItComesBack() {
    try (TourEngine engine = start(1, HANGS_IN_CONSEQUENCE.formatted("s1"))) {
      assertThat(engine.accept(heard.action("s1", "click", "/a")))
          .failsWithin(Duration.ofSeconds(20));
      Thread lost = laneThread("tourmaline-lane-0");
      Awaitility.await().until(() -> engine.stats().coverageGaps() == 1);
      EngineStats before = engine.stats();
      Hang.end();
      Awaitility.await().until(() -> !lost.isAlive());
      assertThat(heard.decisions).isEmpty();
      assertThat(heard.failures).hasSize(1);
      assertThat(engine.stats()).isEqualTo(before);
    }
  }

  private static Thread laneThread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .filter(thread -> List.of(thread.getStackTrace()).toString().contains("Hang.on"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHundredVisitorsAreServedWithinFiveSecondsOfAHang() throws Exception {
    try (TourEngine engine = start(2, HANGS_IN_CONSEQUENCE.formatted("s0"))) {
      engine.accept(heard.action("s0", "click", "/a"));
      List<CompletionStage<Void>> served = new ArrayList<>();
      IntStream.rangeClosed(1, 100)
          .forEach(i -> served.add(engine.accept(heard.action("s" + i, "click", "/a"))));
      for (CompletionStage<Void> each : served) {
        each.toCompletableFuture().get(5, TimeUnit.SECONDS);
      }
      // All but the hanging one had their offer before the rule was switched off, or not at all.
      assertThat(engine.stats().actions()).isEqualTo(101);
      assertThat(engine.stats().lost()).isEqualTo(1);
    }
  }

  @Test
  void asManyLostThreadsAsLanesAreFatal() {
    String second = HANGS_IN_CONDITION.formatted("s2").replace("\"Hangs\"", "\"Hangs too\"");
    try (TourEngine engine = start(2, HANGS_IN_CONSEQUENCE.formatted("s1"), second)) {
      assertThat(engine.accept(heard.action("s1", "click", "/a")))
          .failsWithin(Duration.ofSeconds(20));
      assertThat(heard.fatal).isEmpty();
      assertThat(engine.health().isLive()).isTrue();
      assertThat(engine.accept(heard.action("s2", "click", "/a")))
          .failsWithin(Duration.ofSeconds(20));
      Awaitility.await().until(() -> !heard.fatal.isEmpty());
      assertThat(heard.fatal).first().asString().contains("2 threads");
      assertThat(engine.health().isLive()).isFalse();
      assertThat(engine.health().lostThreads()).isEqualTo(2);
    }
  }

  @Test
  void aTimerRuleThatNeverReturnsIsGivenUpToo() {
    String idle =
        """
        rule "Hangs" @flow("tour_hang")
        when $i : Idle( reached("30s") )
        then dev.tourmaline.engine.Hang.on("s1", $i.getSessionId()); tours.offer($i, ""); end

        rule "Idle for long" @flow("tour_idle")
        when $i : Idle( reached("60s") )
        then tours.offer($i, ""); end
        """;
    try (TourEngine engine = start(1, idle)) {
      visit(engine, "s1", "/a");
      visit(engine, "s2", "/a");
      heard.clock.advance(Duration.ofSeconds(50));
      Awaitility.await().until(() -> engine.stats().lostThreads() == 1);
      heard.clock.advance(Duration.ofSeconds(50));
      Awaitility.await().until(() -> heard.decisions.size() >= 2);
      assertThat(heard.decisions)
          .filteredOn(decision -> decision.offer().flowId().equals("tour_idle"))
          .extracting(decision -> decision.offer().session().sessionId())
          .containsExactlyInAnyOrder("s1", "s2");
    }
  }

  @Test
  void whatAStuckSessionRetainedForEventPatternsSurvives() {
    String joins =
        """
        rule "Submit, then click" @flow("tour_join")
        when
          $a : Action( submit )
          $b : Action( blur, this after[0s,1h] $a )
        then tours.offer($b, ""); end
        """;
    try (TourEngine engine = start(1, HANGS_IN_CONSEQUENCE.formatted("s1"), joins)) {
      assertThat(engine.accept(heard.action("s1", "submit", "/a")))
          .succeedsWithin(Duration.ofSeconds(20));
      heard.clock.advance(Duration.ofSeconds(1));
      assertThat(engine.accept(heard.action("s1", "click", "/a")))
          .failsWithin(Duration.ofSeconds(20));
      heard.clock.advance(Duration.ofSeconds(1));
      assertThat(engine.accept(heard.action("s1", "blur", "/a")))
          .succeedsWithin(Duration.ofSeconds(20));
      assertThat(heard.decisions).extracting(d -> d.offer().flowId()).containsExactly("tour_join");
    }
  }
}
