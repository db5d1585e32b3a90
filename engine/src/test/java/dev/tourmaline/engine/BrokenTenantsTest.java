package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.sink.CallbackSink;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one product's rules do, another product's events meet its own rules as before. */
class BrokenTenantsTest {

  private static final int EVENTS = 1_000;

  private static final String SOUND =
      """
      rule "Click" @flow("tour_b") when $a : Action( click ) then tours.offer($a, ""); end
      """;

  private static final String HANGS =
      """
      rule "Hangs %1$s" @flow("tour_hang") salience 10
      when $a : Action( click )
      then dev.tourmaline.engine.Hang.on("%1$s", $a.getSessionId()); tours.offer($a, ""); end
      """;

  private static final String THROWS_ERROR =
      """
      rule "Throws" @flow("tour_a")
      when $a : Action( click )
      then if (true) { throw new StackOverflowError(); } tours.offer($a, ""); end
      """;

  private static final String ASKS_FOR_TOO_MUCH =
      """
      rule "Hungry" @flow("tour_a")
      when $a : Action( click )
      then tours.offer($a, "" + new long[Integer.MAX_VALUE].length); end
      """;

  private static final String FAILS_IN_CONDITION =
      """
      rule "Fails" @flow("tour_a")
      when $a : Action( click, sessionId.substring(1000) == "" )
      then tours.offer($a, ""); end
      """;

  private final Recorded heard = new Recorded();
  private Duration step = Duration.ofSeconds(2);

  @BeforeEach
  void hang() {
    Hang.begin();
  }

  @AfterEach
  void release() {
    Hang.end();
    Awaitility.await().until(() -> Hang.inside() == 0);
  }

  private static RuleSet rules(String... texts) {
    RuleSet all = RuleSet.empty();
    for (String text : texts) {
      all = all.plus(RuleSet.of(all.sources().size() + ".drl", text));
    }
    return all;
  }

  private TourEngineBuilder products(RuleSet broken) {
    return TourEngine.builder()
        .lanes(2)
        .clock(heard.clock)
        .listener(heard)
        .ruleBudget(Duration.ofMillis(500))
        .policy(
            TriggerPolicy.builder()
                .oncePer(Frequency.ALWAYS)
                .betweenTours(Duration.ZERO)
                .perUserPerDay(Integer.MAX_VALUE)
                .perUserPerWeek(Integer.MAX_VALUE)
                .build())
        .tenant(Tenant.of("a").rules(broken))
        .tenant(Tenant.of("b").rules(rules(SOUND)));
  }

  private ActionsEvent click(String product, String session) {
    heard.clock.advance(step);
    UiAction action =
        UiAction.builder("click").url("https://h.com/a").start(heard.clock.instant()).build();
    return ActionsEvent.builder(product)
        .sessionId(session)
        .userId("u_" + session)
        .forwardedAt(heard.clock.instant())
        .action(action)
        .build();
  }

  private void serveB(TourEngine engine) throws Exception {
    List<CompletableFuture<Void>> served = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      served.add(engine.accept(click("b", "s" + i)).toCompletableFuture());
    }
    CompletableFuture.allOf(served.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  private long offersToB() {
    return heard.decisions.stream()
        .filter(decision -> decision.offer().session().productId().equals("b"))
        .count();
  }

  @Test
  void allOfAnothersEventsAreEvaluatedWhileARuleHangs() throws Exception {
    try (TourEngine engine = products(rules(HANGS.formatted("s1"))).build()) {
      CompletionStage<Void> stuck = engine.accept(click("a", "s1"));
      Awaitility.await().until(() -> Hang.inside() == 1);
      serveB(engine);
      assertThat(offersToB()).isEqualTo(EVENTS);
      assertThat(stuck).failsWithin(Duration.ofSeconds(20));
      assertThat(Hang.inside()).as("the rule has not returned meanwhile").isOne();
      EngineStats b = engine.statsByTenant().get("b");
      assertThat(b.actions()).isEqualTo(EVENTS);
      assertThat(b.lost() + b.lostThreads() + b.ruleFailures()).isZero();
      assertThat(engine.statsByTenant().get("a").lostThreads()).isOne();
      assertThat(heard.failures)
          .singleElement()
          .satisfies(failure -> assertThat(failure.session().productId()).isEqualTo("a"));
    }
  }

  @Test
  void aProductThatLosesTwoThreadsIsSwitchedOffAndNothingIsFatal() throws Exception {
    RuleSet twoHang = rules(HANGS.formatted("s1"), HANGS.formatted("s2"), SOUND);
    try (TourEngine engine = products(twoHang).build()) {
      assertThat(engine.accept(click("a", "s1"))).failsWithin(Duration.ofSeconds(20));
      assertThat(engine.health().hindered()).isEmpty();
      assertThat(engine.accept(click("a", "s2"))).failsWithin(Duration.ofSeconds(20));

      assertThat(heard.fatal).isEmpty();
      assertThat(engine.health().isReady()).isTrue();
      assertThat(engine.health().hindered().get("a")).contains("all rules are switched off");
      assertThat(engine.accept(click("a", "s3"))).succeedsWithin(Duration.ofSeconds(20));
      assertThat(heard.decisions).as("not even the sound rule of that product runs").isEmpty();
      serveB(engine);
      assertThat(offersToB()).isEqualTo(EVENTS);
      assertThatThrownBy(() -> engine.replaceRules("a", rules(SOUND)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("2 threads do not come back");
      engine.replaceRules("b", rules(SOUND));

      Hang.end();
      Awaitility.await().until(() -> engine.health().lostThreads() == 0);
      engine.replaceRules("a", rules(SOUND));
      assertThat(engine.accept(click("a", "s3"))).succeedsWithin(Duration.ofSeconds(20));
      assertThat(heard.decisions).hasSize(EVENTS + 1);
      assertThat(engine.health().hindered()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {THROWS_ERROR, ASKS_FOR_TOO_MUCH, FAILS_IN_CONDITION})
  void aRuleThatFailsIsSwitchedOffInItsProductAlone(String failing) throws Exception {
    try (TourEngine engine = products(rules(failing)).build()) {
      for (int i = 0; i < 5; i++) {
        assertThat(engine.accept(click("a", "s1"))).succeedsWithin(Duration.ofSeconds(20));
      }
      serveB(engine);
      assertThat(offersToB()).isEqualTo(EVENTS);
      assertThat(engine.statsByTenant().get("b").ruleFailures()).isZero();
      assertThat(engine.statsByTenant().get("a").ruleFailures()).isEqualTo(3);
      assertThat(heard.fatal).isEmpty();
      assertThat(engine.health().isReady()).isTrue();
    }
  }

  @Test
  void theSameRuleThatFailsForOneProductRunsForTheOther() throws Exception {
    RuleSet same =
        rules(
            """
            rule "Of one product" @flow("tour")
            when $a : Action( click )
            then tours.offer($a, "" + 1 / ($a.getSessionId().startsWith("bad") ? 0 : 1)); end
            """);
    try (TourEngine engine = products(same).tenant(Tenant.of("c").rules(same)).build()) {
      for (int i = 0; i < 5; i++) {
        assertThat(engine.accept(click("a", "bad"))).succeedsWithin(Duration.ofSeconds(20));
      }
      assertThat(engine.accept(click("a", "s1"))).succeedsWithin(Duration.ofSeconds(20));
      assertThat(heard.decisions).as("quarantined").isEmpty();
      assertThat(engine.accept(click("c", "s1"))).succeedsWithin(Duration.ofSeconds(20));
      assertThat(heard.decisions).hasSize(1);
    }
  }

  @Test
  void aThousandToursOfOneProductDelayAnothersByOne() throws Exception {
    // All of them are still fresh when the sink gets to them.
    step = Duration.ofMillis(1);
    CountDownLatch open = new CountDownLatch(1);
    List<String> delivered = new CopyOnWriteArrayList<>();
    CallbackSink slow =
        CallbackSink.of(
            trigger -> {
              try {
                open.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              delivered.add(trigger.session().productId());
            });
    try (TourEngine engine = products(rules(SOUND)).sink(slow).build()) {
      for (int i = 0; i < EVENTS; i++) {
        assertThat(engine.accept(click("a", "s" + i))).succeedsWithin(Duration.ofSeconds(20));
      }
      assertThat(engine.accept(click("b", "s"))).succeedsWithin(Duration.ofSeconds(20));
      open.countDown();
      Awaitility.await().until(() -> delivered.size() == EVENTS + 1);
      // One was being delivered, one had its turn.
      assertThat(delivered.indexOf("b")).isBetween(1, 2);
    }
  }

  @Test
  void anotherProductsEventsAreEvaluatedThoughOneHangsAtTheEnd() throws Exception {
    TourEngine engine =
        products(rules(HANGS.formatted("s1"))).ruleBudget(Duration.ofMinutes(10)).build();
    engine.accept(click("a", "s1"));
    Awaitility.await().until(() -> Hang.inside() == 1);
    List<CompletionStage<Void>> last = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      last.add(engine.accept(click("b", "s" + i)));
    }
    assertThat(engine.close(Duration.ofSeconds(5)).droppedEvents()).isOne();
    assertThat(last).allSatisfy(stage -> assertThat(stage).isCompleted());
    assertThat(offersToB()).isEqualTo(100);
  }
}
