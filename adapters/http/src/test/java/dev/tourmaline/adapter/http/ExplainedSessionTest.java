package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.engine.Tenant;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.sink.CallbackSink;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators are told of a real engine's sessions. */
class ExplainedSessionTest {

  private static final String RULES =
      """
      rule "To help" @flow("f_help") when $a : Action( path == "/help" ) then tours.offer($a, "went to help"); end
      rule "To plans" @flow("f_plans") when $a : Action( path == "/plans" ) then tours.offer($a, "went to plans"); end
      rule "Billing revisited" @flow("f_billing") when $a : Action( pageview, path == "/billing", visitsWithin("10m") >= 3 ) then tours.offer($a, "x"); end
      """;

  private final FakeClock clock = FakeClock.create();
  private final TourEngine engine =
      TourEngine.builder(RuleSet.of("r.drl", RULES))
          .clock(clock)
          .sink(CallbackSink.of("callback", trigger -> {}))
          .build();
  private final AdminServer server =
      AdminServer.builder(Readiness::yes)
          .engine(engine)
          .products(List.of("prod_abc"))
          .port(0)
          .token("let-me-in")
          .build()
          .start();

  @AfterEach
  void stop() {
    server.stop();
    engine.close();
  }

  @Test
  void decisionsComeOldestFirstWithTheGateAndItsNumbers() throws Exception {
    see("/help");
    Awaitility.await()
        .until(() -> get("/decisions?session=ps_1").at("/decisions/0").has("deliveries"));
    clock.advance(Duration.ofMinutes(10));
    see("/plans", "/plans");

    JsonNode decisions = get("/decisions?product=prod_abc&session=ps_1").get("decisions");

    assertThat(decisions.get(0).toString())
        .matches(
            "\\{\"decision\":\"admitted\",\"rule\":\"To help\",\"flow_id\":\"f_help\",\"id\":\"[^\"]+\","
                + "\"reason\":\"went to help\",\"at\":[0-9.E]+,\"times\":1,"
                + "\"deliveries\":\\{\"callback\":\\{\"delivery\":\"delivered\"}}}");
    assertThat(decisions.get(1).get("decision").textValue()).isEqualTo("suppressed");
    assertThat(decisions.get(1).get("gate").textValue()).isEqualTo("between_tours");
    assertThat(decisions.get(1).get("detail").textValue())
        .startsWith("30 min between tours: 20 min left");
    assertThat(decisions.get(1).get("times").intValue()).isEqualTo(2);
    assertThat(decisions).hasSize(2);
  }

  @Test
  void anExplanationSaysHowNearEachRuleCame() throws Exception {
    see("/billing", "/help", "/billing");

    JsonNode told = get("/explain?session=ps_1");

    assertThat(told.get("known").booleanValue()).isTrue();
    assertThat(told.at("/visit/user_known").booleanValue()).isTrue();
    assertThat(told.at("/visit/last_action/page").textValue()).isEqualTo("/billing");
    assertThat(told.toString()).doesNotContain("ada@example.com");
    assertThat(StreamSupport.stream(told.get("rules").spliterator(), false))
        .extracting(rule -> rule.get("rule").textValue() + " " + rule.get("account").textValue())
        .containsExactly("To help decided", "To plans missed", "Billing revisited missed");
    assertThat(told.at("/rules/2/constraints/2").toString())
        .isEqualTo(
            "{\"constraint\":\"visitsWithin(\\\"10m\\\") >= 3\",\"verdict\":\"fails\",\"detail\":\"2 of 3\"}");
  }

  @Test
  void aSessionThatIsNotKnownIsSaidToBe() throws Exception {
    JsonNode told = get("/explain?session=nobody");

    assertThat(told.get("known").booleanValue()).isFalse();
    assertThat(told.get("rules")).isEmpty();
  }

  @Test
  void statisticsAreAllTheCountersAndEffects() throws Exception {
    see("/help");

    JsonNode told = get("/stats");

    assertThat(told.at("/counts/actions").intValue()).isEqualTo(1);
    assertThat(told.at("/counts/triggers_by_flow/f_help").intValue()).isEqualTo(1);
    assertThat(told.at("/counts").size())
        .isEqualTo(engine.stats().getClass().getRecordComponents().length);
    assertThat(told.at("/effects/rules").isArray()).isTrue();
  }

  @Test
  void statisticsOfTenantsStandApart() throws Exception {
    RuleSet rules = RuleSet.of("r.drl", RULES);
    try (TourEngine shared =
            TourEngine.builder()
                .tenant(Tenant.of("prod_abc").rules(rules))
                .tenant(Tenant.of("prod_xyz").rules(rules))
                .build();
        AdminServer admin =
            AdminServer.builder(Readiness::yes)
                .engine(shared)
                .port(0)
                .token("let-me-in")
                .build()
                .start()) {
      JsonNode told = get(admin, "/stats");

      assertThat(told.at("/products/prod_abc/counts").size()).isEqualTo(told.get("counts").size());
      assertThat(told.at("/products/prod_xyz/effects/rules").isArray()).isTrue();
      assertThat(get("/stats").has("products")).isFalse();
    }
  }

  private void see(String... paths) {
    for (String path : paths) {
      UiAction action =
          UiAction.builder("pageview")
              .start(clock.instant())
              .url("https://a.example" + path)
              .build();
      engine
          .accept(
              new ActionsEvent(
                  "prod_abc", "ps_1", "ada@example.com", "", "", clock.instant(), List.of(action)))
          .toCompletableFuture()
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
      clock.advance(Duration.ofSeconds(5));
    }
  }

  private JsonNode get(String path) throws Exception {
    return get(server, path);
  }

  private static JsonNode get(AdminServer server, String path) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header("Authorization", "Bearer let-me-in")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
