package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.rule.RuleFailure;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule throws or does to its thread costs itself alone. */
public class HostileRulesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String HARMLESS =
      """
      rule "Harmless" @flow("tour_harmless") salience -1
      when $a : Action( click ) then tours.offer($a, ""); end
      """;

  private final Recorded heard = new Recorded();

  private static String consequence(String java) {
    return """
    rule "Hostile" @flow("tour_hostile")
    when $a : Action( click )
    then if ($a.getAt() > 0) { %s } tours.offer($a, ""); end
    """
        .formatted(java);
  }

  /** Thrown unchecked, so that the compiler lets it pass. */
  public static void sneak() throws Exception {
    HostileRulesTest.<RuntimeException>sneak(new InterruptedException("sneaky"));
  }

  /** An error whose own methods throw. */
  public static final class Mute extends Error {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  /** Causes in a circle. */
  public static RuntimeException circular() {
    Exception first = new Exception("first");
    RuntimeException second = new RuntimeException("second", first);
    first.initCause(second);
    return second;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable e) throws T {
    throw (T) e;
  }

  /** Asks for more than there is, at once. */
  public static long[][] greed() {
    return new long[Integer.MAX_VALUE - 8][Integer.MAX_VALUE - 8];
  }

  /** Calls itself for ever. */
  public static int recursion(int n) {
    return recursion(n + 1) + 1;
  }

  private TourEngine start(String rule) {
    return heard.engine(rule, HARMLESS).ruleBudget(PATIENCE).build();
  }

  private void click(TourEngine engine, String session) {
    heard.clock.advance(Duration.ofSeconds(1));
    assertThat(engine.accept(heard.action(session, "click", "/a"))).succeedsWithin(PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new Error(\"of its own\");",
        "throw new AssertionError();",
        "throw new LinkageError();",
        "throw new ThreadDeath();",
        "throw new InternalError();",
        "throw new OutOfMemoryError(\"pretended\");",
        "throw new dev.tourmaline.engine.HostileRulesTest.Mute();",
        "throw dev.tourmaline.engine.HostileRulesTest.circular();",
        "throw new Error(\"long\".repeat(10_000_000));",
        "dev.tourmaline.engine.HostileRulesTest.greed();",
        "dev.tourmaline.engine.HostileRulesTest.recursion(0);",
        "dev.tourmaline.engine.HostileRulesTest.sneak();"
      })
  void whateverItThrowsItIsNamedAndSwitchedOffAfterThreeTimes(String java) {
    try (TourEngine engine = start(consequence(java))) {
      for (int i = 0; i < 5; i++) {
        click(engine, "s" + i);
      }
      assertThat(heard.failures).hasSize(3);
      assertThat(heard.failures).extracting(RuleFailure::rule).containsOnly("Hostile");
      assertThat(heard.failures).allMatch(failure -> failure.detail().length() < 2_000);
      assertThat(heard.failures)
          .extracting(RuleFailure::quarantined)
          .containsExactly(false, false, true);
      assertThat(heard.sessions()).containsExactly("s0", "s1", "s2", "s3", "s4");
      assertThat(heard.fatal).isEmpty();
      assertThat(engine.health().isReady()).isTrue();
      // Its sessions end as all sessions do.
      heard.clock.advance(Duration.ofMinutes(31));
      Awaitility.await().until(() -> engine.stats().awake() == 0 && engine.stats().asleep() == 0);
    }
  }

  @Test
  void aRuleThatInterruptsItsThreadDoesNotEndTheLane() {
    String rule = consequence("Thread.currentThread().interrupt();");
    try (TourEngine engine = start(rule)) {
      click(engine, "s1");
      click(engine, "s2");
      assertThat(heard.decisions).hasSize(4);
      assertThat(engine.health().isReady()).isTrue();
    }
  }

  @Test
  void aRuleThatCatchesEverythingIsStoppedAllTheSame() {
    String rule =
        consequence("for (;;) { try { Thread.yield(); } catch (Throwable e) { Thread.yield(); } }");
    try (TourEngine engine = heard.engine(rule, HARMLESS).build()) {
      heard.clock.advance(Duration.ofSeconds(1));
      assertThat(engine.accept(heard.action("s1", "click", "/a")))
          .as("either way of stopping it")
          .satisfies(stage -> Awaitility.await().until(stage.toCompletableFuture()::isDone));
      click(engine, "s2");
      assertThat(heard.failures).hasSize(1);
      assertThat(heard.failures.get(0).quarantined()).isTrue();
      assertThat(heard.sessions()).contains("s2");
    }
  }
}
