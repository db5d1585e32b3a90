package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersThatAreNeverDueTest {

  private static final String LAST_EVENT =
      """
      {"type":"actions","product_id":"p","session_id":"s","user_id":"u","count":1,\
      "forwarded_at":1700000000.0,"actions":[{"index":0,"type":"pageview","title":"Page",\
      "timestamp_start":1700000000.0,"raw_url":"https://a.example/x","canonical_url":"https://a.example/x"}]}
      {"type":"actions","product_id":"p","session_id":"other","user_id":"v","count":1,\
      "forwarded_at":1700090000.0,"actions":[{"index":0,"type":"pageview","title":"Page",\
      "timestamp_start":1700090000.0,"raw_url":"https://a.example/x","canonical_url":"https://a.example/x"}]}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"Idle( reached(\"29m46s\") )", "Dwell( reached(\"23h59m46s\") )"})
  void aTimerThatOutlastsEverySessionIsWarnedOf(String pattern) {
    assertThat(RuleBase.check(rules(pattern)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(RuleProblem.Severity.WARNING);
              assertThat(problem.message()).contains("is never due: sessions end before that");
              assertThat(problem.line()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Idle( reached(\"29m45s\") )", "Dwell( reached(\"23h59m45s\") )"})
  void theLongestThatIsDueIsNotWarnedOf(String pattern) {
    assertThat(RuleBase.check(rules(pattern))).isEmpty();
  }

  @Test
  void theWarningDrawsTheLineWhereTheEngineDoes() throws IOException {
    assertThat(offers("Idle( reached(\"29m45s\") )")).isEqualTo(1);
    assertThat(offers("Idle( reached(\"29m46s\") )")).isZero();
  }

  private static int offers(String pattern) throws IOException {
    AtomicInteger offers = new AtomicInteger();
    Replay.builder(rules(pattern))
        .withoutPolicy()
        .build()
        .run(
            new ByteArrayInputStream(LAST_EVENT.getBytes(StandardCharsets.UTF_8)),
            offer -> {
              if (offer.session().sessionId().equals("s")) {
                offers.incrementAndGet();
              }
            });
    return offers.get();
  }

  private static RuleSet rules(String pattern) {
    return RuleSet.of(
        "a.drl",
        "rule \"R\" @flow(\"f\") when $a : %s then tours.offer($a, \"r\"); end".formatted(pattern));
  }
}
