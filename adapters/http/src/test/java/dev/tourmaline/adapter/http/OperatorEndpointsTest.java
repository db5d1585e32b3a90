package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.engine.control.Switch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators tell an engine, and who may. */
class OperatorEndpointsTest {

  private final FakeEngine engine = new FakeEngine();
  private final FakeClock clock = FakeClock.create();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AdminServer server =
      AdminServer.builder(Readiness::yes)
          .engine(engine)
          .products(List.of("prod_abc", "prod_xyz"))
          .clock(clock)
          .port(0)
          .token("let-me-in")
          .build()
          .start();

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/decisions", "/explain", "/stats", "/switch"})
  void withoutTheAdminTokenNothingIsAnswered(String path) throws Exception {
    for (String token : List.of("", "x", "let-me")) {
      assertThat(get(path + "?product=prod_abc&session=ps_1", token).statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/switch", "/object"})
  void withoutTheAdminTokenNothingIsChanged(String path) throws Exception {
    String everything =
        "{\"scope\":\"everything\",\"on\":false,\"actor\":\"eve\",\"product_id\":\"\",\"user_id\":\"u\",\"objects\":true}";

    assertThat(post(path, "x", everything).statusCode()).isEqualTo(401);
    assertThat(engine.switches).isEmpty();
    assertThat(engine.objections).isEmpty();
  }

  @Test
  void aServerOfNoEngineServesNoneOfIt() throws Exception {
    try (AdminServer bare =
        AdminServer.builder(Readiness::yes).port(0).token("let-me-in").build().start()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bare.port() + "/switch"))
              .header("Authorization", "Bearer let-me-in")
              .build();

      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"scope\":\"everything\",\"on\":false,\"actor\":\"ada\"} | everything",
        "{\"scope\":\"product\",\"product_id\":\"prod_abc\",\"on\":false,\"actor\":\"ada\"} | product prod_abc",
        "{\"scope\":\"flow\",\"name\":\"f1\",\"on\":true,\"actor\":\"ada\"} | flow \"f1\"",
        "{\"scope\":\"rule\",\"name\":\"R 1\",\"product_id\":\"prod_abc\",\"on\":false,\"actor\":\"ada\"} | rule \"R 1\" of product prod_abc",
      })
  void whatAnOperatorSwitchesReachesTheEngineAndIsAnswered(String body, String subject)
      throws Exception {
    HttpResponse<String> answer = post("/switch", "let-me-in", body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(engine.switches).extracting(Switch::subject).containsExactly(subject);
    assertThat(answer.body()).isEqualTo(told(engine.switches.get(0)) + "\n");
    assertThat(get("/switch", "let-me-in").body())
        .isEqualTo("{\"switches\":[" + told(engine.switches.get(0)) + "]}\n");
  }

  private String told(Switch set) {
    return "{\"scope\":\"%s\",%s%s\"on\":%b,\"actor\":\"ada\",\"reason\":\"\",\"at\":%d.000}"
        .formatted(
            set.scope().name().toLowerCase(Locale.ROOT),
            set.productId().isEmpty() ? "" : "\"product_id\":\"" + set.productId() + "\",",
            set.name().isEmpty() ? "" : "\"name\":\"" + set.name() + "\",",
            set.on(),
            clock.instant().getEpochSecond());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the body must be one JSON object",
        "{} | scope is missing; on is missing; actor is missing",
        "{\"scope\":\"all\",\"on\":\"no\",\"actor\":\" \"} | scope is \\\"all\\\", it must be one of everything, product, flow, rule; on must be true or false; actor must be text that is not blank",
        "{\"scope\":\"rule\",\"on\":false,\"product_id\":\"p\"} | actor is missing; name is missing, which scope rule needs; product_id is no product of this server, it must be one of prod_abc, prod_xyz",
        "{\"scope\":\"product\",\"name\":\"x\",\"on\":false,\"actor\":\"ada\"} | name is too much for scope product; product_id is missing, which scope product needs",
        "{\"scope\":\"everything\",\"product_id\":\"prod_abc\",\"on\":false,\"actor\":\"ada\"} | product_id is too much for scope everything",
      })
  void everythingThatIsWrongWithASwitchIsSaid(String body, String error) throws Exception {
    HttpResponse<String> answer = post("/switch", "let-me-in", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}\n");
    assertThat(engine.switches).isEmpty();
  }

  @Test
  void anObjectionReachesTheEngineAndTheAnswerNamesNobody() throws Exception {
    String body =
        "{\"product_id\":\"prod_abc\",\"user_id\":\"ada@example.com\",\"objects\":true,\"actor\":\"dpo\"}";

    HttpResponse<String> answer = post("/object", "let-me-in", body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"product_id\":\"prod_abc\",\"objects\":true,\"actor\":\"dpo\"}\n");
    assertThat(engine.objections).containsExactly("ada@example.com of prod_abc objects: true");
    assertThat(post("/object", "let-me-in", "{\"product_id\":\"p\",\"objects\":1}").body())
        .isEqualTo(
            "{\"error\":\"user_id is missing; objects must be true or false; actor is missing;"
                + " product_id is no product of this server, it must be one of prod_abc,"
                + " prod_xyz\"}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | session is missing; product is missing, it must be one of prod_abc, prod_xyz",
        "?session=s&product=p          | product is no product of this server, it must be one of prod_abc, prod_xyz",
        "?product=prod_abc&session=%20 | session is missing",
      })
  void everythingThatIsWrongWithAQueryIsSaid(String query, String error) throws Exception {
    for (String path : List.of("/decisions", "/explain")) {
      HttpResponse<String> answer = get(path + query, "let-me-in");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}\n");
    }
  }

  @Test
  void anotherMethodIsNotAllowed() throws Exception {
    assertThat(post("/stats", "let-me-in", "{}").headers().firstValue("Allow")).hasValue("GET");
    assertThat(get("/object", "let-me-in").headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void anEngineThatIsClosedIsSaidToBeBusy() throws Exception {
    assertThat(get("/explain?product=prod_abc&session=ps_1", "let-me-in").statusCode())
        .isEqualTo(503);
  }

  private HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return http.send(request(path, token).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String token, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Bearer " + token);
  }
}
