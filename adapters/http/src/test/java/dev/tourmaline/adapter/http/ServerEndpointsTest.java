package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class ServerEndpointsTest extends ServerFixture {

  private static final String REQUEST =
      "{\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\",\"flow_id\":\"tour_x\"}";

  @Test
  void aManualTriggerIsJudgedByTheEngine() {
    engine.decision = request -> new Decision.Admitted(trigger("m1", SESSION));

    HttpResponse<String> answer =
        post(
            "/tours/trigger",
            "publish-me",
            "{\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\",\"flow_id\":\"tour_x\","
                + "\"user_id\":\"ada\",\"reason\":\"support asked\",\"force\":true}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"id\":\"m1\",\"decision\":\"admitted\"}\n");
    assertThat(engine.requests)
        .containsExactly(new ManualTrigger(SESSION, "ada", "tour_x", "support asked", true));
  }

  @Test
  void aSuppressedTriggerIsAnsweredWithTheGatesName() {
    engine.decision =
        request ->
            new Decision.Suppressed(offer(request), Decision.Reason.BETWEEN_TOURS, "12 min left");

    assertThat(post("/tours/trigger", "publish-me", REQUEST).body())
        .isEqualTo("{\"id\":\"m1\",\"decision\":\"suppressed\",\"reason\":\"between_tours\"}\n");
    assertThat(engine.requests)
        .containsExactly(new ManualTrigger(SESSION, "", "tour_x", "", false));
  }

  @Test
  void aMalformedTriggerIsAnsweredWithEverythingThatIsWrong() {
    HttpResponse<String> answer =
        post("/tours/trigger", "publish-me", "{\"flow_id\":\"\",\"force\":\"yes\",\"user_id\":1}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"product_id is missing; session_id is missing; flow_id must be text that"
                + " is not blank; user_id must be text; force must be true or false\"}\n");
    assertThat(engine.requests).isEmpty();
  }

  @Test
  void anOverlongIdIsAnsweredWithItsLength() {
    String request = REQUEST.replace("ps_1", "s".repeat(513)).replace("tour_x", "f".repeat(600));
    HttpResponse<String> answer = post("/tours/trigger", "publish-me", request);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"session_id has 513 characters, it must have at most 512; flow_id has 600"
                + " characters, it must have at most 512\"}\n");
    assertThat(engine.requests).isEmpty();
  }

  @Test
  void anEngineThatTakesNothingIsAnsweredWith503() {
    HttpResponse<String> answer = post("/tours/trigger", "publish-me", REQUEST);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
  }

  @Test
  void theServersEndpointsAreClosedToSessionTokensAndWrongOnes() {
    String session = tokens.issueForSession(SESSION, MINUTE);
    assertThat(post("/tours/trigger", session, REQUEST).statusCode()).isEqualTo(401);
    assertThat(post("/tours/trigger", "publish-m", REQUEST).statusCode()).isEqualTo(401);
    assertThat(get("/stream/prod_abc").head()).startsWith("HTTP/1.1 401");
    assertThat(get("/stream/prod_abc", bearer(SESSION)).head()).startsWith("HTTP/1.1 401");
    assertThat(engine.requests).isEmpty();
  }

  @Test
  void aProductThatIsNotTheServersIsAMistakeAndSaidSo() {
    serve(builder -> builder.products(List.of("prod_xyz")));

    assertThat(post("/tours/trigger", "publish-me", REQUEST))
        .matches(answer -> answer.statusCode() == 404)
        .matches(answer -> answer.body().contains("product_id is no product of this server"));
    assertThat(get("/stream/prod_abc", "Authorization: Bearer publish-me").head())
        .startsWith("HTTP/1.1 404");
    open("publish-me", "prod_xyz");
    assertThat(engine.requests).isEmpty();
  }

  @Test
  void twoPublishTokensMayStandSideBySide() {
    serve(builder -> builder.publishToken("publish-me-too"));

    open("publish-me", "prod_abc");
    open("publish-me-too", "prod_abc");
  }

  @Test
  void aPublishTokenMayChangeWhileTheServerRunsAndBlankNeverCounts() {
    AtomicReference<String> current = new AtomicReference<>("first-token");
    serve(builder -> builder.publishToken(current::get));
    open("first-token", "prod_abc");

    current.set("second-token");
    assertThat(get("/stream/prod_abc", "Authorization: Bearer first-token").head())
        .startsWith("HTTP/1.1 401");
    open("second-token", "prod_abc");

    current.set("");
    assertThat(get("/stream/prod_abc").head()).startsWith("HTTP/1.1 401");
  }

  @Test
  void withoutAPublishTokenTheServersEndpointsAreNotThere() {
    server.stop();
    server = TourServer.builder(engine, sink, tokens).port(0).clock(clock).build().start();

    assertThat(post("/tours/trigger", "publish-me", REQUEST).statusCode()).isEqualTo(404);
    assertThat(get("/stream/prod_abc", "Authorization: Bearer publish-me").head())
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void aProductsStreamCarriesItsTriggersInTheConnectorsFormWithItsHeartbeat() {
    RawClient stream = open("publish-me", "prod_abc");
    RawClient other = open("publish-me", "prod_xyz");

    deliver(trigger("t1", SESSION));
    deliver(trigger("t2", new SessionKey("prod_abc", "ps_2")));
    clock.advance(Duration.ofSeconds(30));

    String data =
        "data: {\"type\":\"usertour_trigger\",\"product_id\":\"prod_abc\",\"session_id\":\"%s\",\"flow_id\":\"tour_billing_help\"}\n\n";
    String heartbeat = "event: heartbeat\ndata:\n\n";
    other.awaitBody(": open\n\n" + heartbeat, sink::tick);
    stream.awaitBody(
        ": open\n\n" + data.formatted("ps_1") + data.formatted("ps_2") + heartbeat, sink::tick);
  }

  @Test
  void anInboundTriggerReachesBrowsersOnly() {
    RawClient stream = open("publish-me", "prod_abc");
    RawClient browser = open(SESSION);
    TourTrigger rule = trigger("t2", SESSION);
    TourTrigger inbound =
        TourTrigger.inbound(
            Offer.withoutRule("t1", SESSION, "", rule.flowId(), "", rule.at()), rule.decidedAt());
    assertThat(sink.accepts(TourTrigger.Origin.INBOUND)).isTrue();

    deliver(inbound);
    deliver(rule);

    browser.awaitEvents(frame("t1", SESSION) + frame("t2", SESSION));
    stream.awaitEvents(frame("t2", SESSION).replace("id: t2\n", ""));
  }

  @Test
  void aHostsHandlersServeWhatIsNotTheServersOwn() {
    serve(
        builder ->
            builder.handler(
                new Handler.Abstract() {
                  @Override
                  public boolean handle(Request request, Response response, Callback callback) {
                    if (!request.getHttpURI().getPath().equals("/page")) {
                      return false;
                    }
                    response.setStatus(200);
                    response.write(true, null, callback);
                    return true;
                  }
                }));

    assertThat(send(HttpRequest.newBuilder(uri("/page")).build()).statusCode()).isEqualTo(200);
    HttpResponse<String> missing = send(HttpRequest.newBuilder(uri("/nothing")).build());
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("{\"error\":\"there is nothing at this path\"}\n");
  }

  @Test
  void runningOutOfMemoryReachesTheProcessesOwnHandler() {
    OutOfMemoryError thrown = new OutOfMemoryError("pretended");
    serve(
        builder ->
            builder.handler(
                new Handler.Abstract() {
                  @Override
                  public boolean handle(Request request, Response response, Callback callback) {
                    throw thrown;
                  }
                }));
    AtomicReference<Throwable> handled = new AtomicReference<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> handled.set(e));
    try {
      assertThat(send(HttpRequest.newBuilder(uri("/page")).build()).statusCode()).isEqualTo(500);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(handled).hasValue(thrown);
  }

  @Test
  void aRequestThatIsNoHttpIsAnsweredInJsonToo() {
    RawClient client = get("/tours/stream?product=%zz");
    await().untilAsserted(() -> assertThat(client.body()).startsWith("{\"error\":"));
  }

  @Test
  void everySettingThatIsWrongIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TourServer.builder(engine, sink, tokens)
                    .port(70_000)
                    .threads(1)
                    .publishToken(" ")
                    .corsOrigins(List.of("*", "https://app.example.com/", "https://ok.example:444"))
                    .build())
        .withMessage(
            "port is 70000, it must be from 0 to 65535;"
                + " a publish token is blank, leave it out instead;"
                + " threads is 1, it must be at least 8;"
                + " CORS origin \"*\" must look like https://app.example.com;"
                + " CORS origin \"https://app.example.com/\" must look like"
                + " https://app.example.com");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    TourServer second = TourServer.builder(engine, sink, tokens).port(server.port()).build();

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(second::start)
        .withMessageStartingWith("cannot listen on 127.0.0.1:" + server.port());
  }

  private RawClient open(String token, String product) {
    return get("/stream/" + product, "Authorization: Bearer " + token).awaitOpen();
  }

  private static Offer offer(ManualTrigger request) {
    return Offer.withoutRule(
        "m1", request.session(), "", request.flowId(), request.reason(), Instant.EPOCH);
  }
}
