package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.explain.RuleAccount;
import dev.tourmaline.engine.explain.RuleAccount.Missed;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a rule has offered nothing: what of the session came nearest. */
class NearestMissTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey SESSION = new SessionKey("prod", "ps_1");

  private final MutableClock clock = new MutableClock(T0);

  @Test
  void theNearestMissSaysWithWhichNumbers() {
    try (TourEngine engine =
        engine(
            rule(
                "Action( pageview, path == \"/billing\", visitsWithin(\"10m\") >= 3, !submittedWithin(\"10m\") )"))) {
      see(engine, "/billing", "/", "/billing", "/");

      assertThat(nearest(engine))
          .isEqualTo(
              """
              pageview /billing 2026-03-01T10:00:10Z
              HOLDS pageview
              HOLDS path == "/billing"
              FAILS visitsWithin("10m") >= 3: 2 of 3
              HOLDS !submittedWithin("10m")
              """);
    }
  }

  @Test
  void amongEqualsTheNumericallyNearestIsToldNotTheNewest() {
    try (TourEngine engine = engine(rule("Action( pageview, visitsWithin(\"1m\") >= 4 )"))) {
      see(engine, "/a", "/b", "/a", "/b", "/a");
      clock.advance(Duration.ofMinutes(20));
      see(engine, "/a");

      assertThat(nearest(engine)).contains("10:00:20Z").contains("FAILS").contains("3 of 4");
    }
  }

  @Test
  void partsThatAreJoinedWithAndAreToldApart() {
    try (TourEngine engine =
        engine(
            rule(
                "Action( click && (path == \"/x\" || onPath(\"/y/**\")) && !visitedWithin(\"/z\", \"1m\") )"))) {
      see(engine, "/x");

      assertThat(nearest(engine))
          .isEqualTo(
              """
              pageview /x 2026-03-01T10:00:00Z
              FAILS click
              HOLDS (path == "/x") || onPath("/y/**")
              HOLDS !visitedWithin("/z", "1m")
              """);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title == \"Export\"                | NOT_KNOWN title == \"Export\": title is not known any more",
        "query contains \"plan\"            | NOT_KNOWN query contains \"plan\": query is not known any more",
        "elementClicksWithin(\"1s\") >= 3   | NOT_KNOWN elementClicksWithin(\"1s\") >= 3: the element is not known any more",
        "path matches \"/b.*\"              | NOT_KNOWN path matches \"/b.*\": told only while the rule runs",
        "secondsSinceSubmit(\"**\") < 60    | FAILS secondsSinceSubmit(\"**\") < 60: never so far",
        "clicksWithin(\"1m\") == 2          | FAILS clicksWithin(\"1m\") == 2: it is 1",
        "path in (\"/x\", \"/y\")           | FAILS path in (\"/x\", \"/y\"): it is /billing",
        "previousPage == \"/x\"             | FAILS previousPage == \"/x\": it is empty",
        "type == \"drag\"                   | FAILS type == \"drag\": it is click",
        "userId == \"\"                     | FAILS userId == \"\": it is u_1",
      })
  void everyKindOfConstraintIsToldInItsWay(String constraint, String told) {
    try (TourEngine engine = engine(rule("Action( submit, " + constraint + " )"))) {
      act(engine, UiAction.builder("click").title("Save").url("https://a.example/billing"));

      assertThat(nearest(engine)).contains("FAILS submit\n" + told);
    }
  }

  @Test
  void anActionOfARareTypeIsToldWithoutItsType() {
    try (TourEngine engine = engine(rule("Action( type == \"drag\", path == \"/x\" )"))) {
      act(engine, UiAction.builder("drag").title("Card").url("https://a.example/billing"));

      assertThat(nearest(engine))
          .contains("action /billing")
          .contains("NOT_KNOWN type == \"drag\": type is not known any more")
          .contains("FAILS path == \"/x\": it is /billing");
    }
  }

  @Test
  void aSilenceIsToldWithHowLongItWas() {
    try (TourEngine engine = engine(rule("Idle( reached(\"60s\"), onPath(\"/billing\") )"))) {
      see(engine, "/billing");
      clock.advance(Duration.ofSeconds(40));
      see(engine, "/");

      assertThat(nearest(engine))
          .isEqualTo(
              """
              idle /billing 2026-03-01T10:00:44.999Z
              FAILS reached("60s"): 45 s of 60 s
              HOLDS onPath("/billing")
              """);
    }
  }

  @Test
  void aStayIsToldWithHowLongItWas() {
    try (TourEngine engine = engine(rule("Dwell( reached(\"30s\"), path == \"/billing\" )"))) {
      see(engine, "/", "/billing", "/");

      assertThat(nearest(engine))
          .contains("dwell /billing")
          .contains("FAILS reached(\"30s\"): 5 s of 30 s");
    }
  }

  @Test
  void whatDidNotHappenIsNotKnownWhereEventsWereLost() {
    try (TourEngine engine = engine(rule("Action( pageview, !submittedWithin(\"10m\") )"))) {
      act(engine, UiAction.builder("click").index(1).url("https://a.example/"));
      act(engine, UiAction.builder("pageview").index(9).url("https://a.example/"));

      assertThat(nearest(engine))
          .contains("HOLDS !submittedWithin(\"10m\")\n")
          .contains("FAILS !blindWithin(\"10m\"): events were lost");
    }
  }

  @Test
  void aRuleOfSeveralPatternsSaysThatItsFirstCouldMatch() {
    try (TourEngine engine =
        engine(rule("Action( pageview ) Action( submit, this after[1ms,2m] $a )"))) {
      see(engine, "/");

      assertThat(missed(engine).remark())
          .isEqualTo("its first pattern could match; the rule waits for 1 more");
    }
  }

  @Test
  void whatCannotBeToldSaysWhyNot() {
    try (TourEngine engine =
        engine(
            rule("Summary( mentions(\"invoice\") )"),
            rule("TourOutcome( outcome == \"completed\" )"))) {
      see(engine, "/");

      assertThat(explain(engine).rules())
          .map(account -> ((RuleAccount.Untold) account).why())
          .containsExactly(
              "it waits for a summary, and summaries are not kept",
              "it waits for the outcome of a tour, and outcomes are not kept");
    }
  }

  @Test
  void aRuleThatMatchedShowsItsLastDecisionInstead() {
    try (TourEngine engine =
        engine(rule("Action( path == \"/a\" )"), rule("Action( path == \"/b\" )"))) {
      see(engine, "/a", "/b", "/");

      Explanation explanation = explain(engine);

      assertThat(explanation.decisions()).hasSize(2);
      assertThat(explanation.rules()).hasOnlyElementsOfType(RuleAccount.Decided.class);
      RuleAccount.Decided second = (RuleAccount.Decided) explanation.rules().get(1);
      assertThat(second.last().decision()).isInstanceOf(Decision.Suppressed.class);
      assertThat(second.last().decision().offer().rule()).isEqualTo(second.rule());
    }
  }

  @Test
  void whatIsKnownOfTheVisitorIsTold() {
    try (TourEngine engine = engine(rule("Action( submit )"))) {
      assertThat(explain(engine).visit()).isEmpty();
      assertThat(explain(engine).rules()).isEmpty();

      see(engine, "/a", "/b");

      assertThat(explain(engine).visit())
          .hasValue(
              new Explanation.Visit(
                  true,
                  2,
                  Optional.of(new Explanation.PastAction("pageview", "/b", T0.plusSeconds(5)))));
    }
  }

  @Test
  void aSleepingSessionIsExplainedAndSleepsOn() {
    try (TourEngine engine = engine(rule("Action( pageview, visitsWithin(\"10m\") >= 2 )"))) {
      see(engine, "/billing");
      clock.advance(SessionLimits.defaults().sleepAfter().plusMinutes(1));

      assertThat(nearest(engine)).contains("1 of 2");
      assertThat(nearest(engine)).contains("1 of 2");
    }
  }

  @Test
  void theWorkIsBoundedHoweverManyRulesThereAre() {
    String[] rules =
        IntStream.range(0, 230)
            .mapToObj(i -> rule("Action( submit, path == \"/%d\" )".formatted(i)))
            .toArray(String[]::new);
    try (TourEngine engine = engine(rules)) {
      see(engine, "/");

      assertThat(explain(engine).rules()).hasSize(200);
      assertThat(explain(engine).rulesLeftOut()).isEqualTo(30);
    }
  }

  @Test
  void aTenantsSessionIsExplainedByTheTenantsRules() {
    RuleSet own = RuleSet.of("own.drl", rule("Action( submit )"));
    RuleSet other = RuleSet.of("other.drl", rule("Action( blur )"));
    try (TourEngine engine =
        TourEngine.builder()
            .clock(clock)
            .tenant(Tenant.of("prod2").rules(other))
            .tenant(Tenant.of("prod").rules(own))
            .build()) {
      see(engine, "/");

      assertThat(explain(engine).rules()).extracting(RuleAccount::rule).containsExactly("R1");
      assertThat(await(engine.explain(new SessionKey("prod3", "ps_1"))).visit()).isEmpty();
    }
  }

  private int rules;

  private String rule(String pattern) {
    String bound = "$a : " + pattern;
    return "rule \"R%d\" @flow(\"f%d\") when %s then tours.offer($a, \"x\"); end"
        .formatted(++rules, rules, bound);
  }

  private TourEngine engine(String... drl) {
    return TourEngine.builder(RuleSet.of("rules.drl", String.join("\n", drl)))
        .clock(clock)
        .lanes(1)
        .build();
  }

  private void see(TourEngine engine, String... paths) {
    for (String path : paths) {
      act(engine, UiAction.builder("pageview").url("https://a.example" + path));
    }
  }

  private void act(TourEngine engine, UiAction.Builder action) {
    UiAction done = action.start(clock.instant()).build();
    await(
        engine.accept(
            new ActionsEvent("prod", "ps_1", "u_1", "", "", clock.instant(), List.of(done))));
    clock.advance(Duration.ofSeconds(5));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static Explanation explain(TourEngine engine) {
    return await(engine.explain(SESSION));
  }

  private static Missed missed(TourEngine engine) {
    return (Missed) explain(engine).rules().get(0);
  }

  private static String nearest(TourEngine engine) {
    Missed missed = missed(engine);
    return "%s %s %s\n"
            .formatted(missed.nearest().kind(), missed.nearest().page(), missed.nearest().at())
        + missed.checks().stream()
            .map(
                check ->
                    String.format(
                        Locale.ROOT,
                        "%s %s%s\n",
                        check.verdict(),
                        check.constraint(),
                        check.detail().isEmpty() ? "" : ": " + check.detail()))
            .collect(Collectors.joining());
  }
}
