package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.session.SessionKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrowserAccessTest extends ServerFixture {

  private static final SessionKey OTHER = new SessionKey("prod_abc", "ps_2");
  private static final String APP = "https://app.example.com";

  @Test
  void aStreamWithoutAValidTokenIsRefusedWithTheCause() {
    assertThat(get(path(SESSION)).head())
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase("www-authenticate: bearer");
    assertAnswer(get(path(SESSION)), 401, "a session token is missing");
    assertAnswer(
        get(path(SESSION), "Authorization: Bearer x"),
        401,
        "the token is no signed JSON Web Token");
    String expired = bearer(SESSION);
    clock.advance(MINUTE);
    assertAnswer(get(path(SESSION), expired), 401, "the token has expired");
  }

  @Test
  void aTokenOfAnotherSessionOrProductOpensNothing() {
    assertAnswer(get(path(SESSION), bearer(OTHER)), 403, "the token is for another session");
    assertAnswer(
        get(path(SESSION), bearer(new SessionKey("prod_xyz", "ps_1"))),
        403,
        "the token is for another product");
    assertThat(sink.openStreams()).isZero();
  }

  @Test
  void aStreamNeedsProductAndSession() {
    for (String query :
        List.of("", "?product=prod_abc", "?session=ps_1&product=", "?product=%20")) {
      assertAnswer(
          get("/tours/stream" + query, bearer(SESSION)),
          400,
          "the query needs product and session, both not blank");
    }
  }

  @Test
  void aStreamOfAnOverlongSessionIsRefused() {
    String user = "Authorization: Bearer " + tokens.issueForUser("prod_abc", "ada", MINUTE);
    assertAnswer(
        get("/tours/stream?product=prod_abc&session=" + "s".repeat(513), user),
        400,
        "session has 513 characters, it must have at most 512");
  }

  @Test
  void theCookieStandsInForTheHeader() {
    String token = tokens.issueForSession(SESSION, MINUTE);
    RawClient client =
        get(
                path(SESSION),
                "Cookie: theme=dark; tourmaline_token=" + token,
                "Sec-Fetch-Site: same-origin")
            .awaitOpen();

    deliver(trigger("t1", SESSION));

    client.awaitEvents(frame("t1", SESSION));
  }

  @Test
  void aUsersTokenGetsOnlyTriggersOfThatUser() {
    RawClient ada = getAs("ada");
    RawClient eve = getAs("eve");

    deliver(trigger("t1", SESSION, ""));
    deliver(trigger("t2", SESSION, "bob"));
    deliver(trigger("t3", SESSION, "ada"));
    deliver(trigger("t4", SESSION, "eve"));

    ada.awaitEvents(frame("t3", SESSION));
    eve.awaitEvents(frame("t4", SESSION));
  }

  @Test
  void aTriggerOfAnotherUserIsStillHeldForItsOwn() {
    var delivery = deliver(trigger("t1", SESSION, "ada"));
    RawClient eve = getAs("eve");
    assertThat(delivery).isNotDone();

    getAs("ada").awaitEvents(frame("t1", SESSION));

    deliver(trigger("t2", SESSION, "eve"));
    eve.awaitEvents(frame("t2", SESSION));
  }

  private RawClient getAs(String user) {
    String token = tokens.issueForUser("prod_abc", user, MINUTE);
    return get(path(SESSION), "Authorization: Bearer " + token).awaitOpen();
  }

  @Test
  void aSessionHasNoMoreStreamsThanItsCap() {
    serve(builder -> builder.maxStreamsPerSession(2));
    open(SESSION);
    RawClient second = open(SESSION);

    RawClient third = get(path(SESSION), bearer(SESSION));
    assertThat(third.head()).containsIgnoringCase("retry-after: 5");
    assertAnswer(third, 429, "this session has 2 streams open, it may not have more");
    open(OTHER);

    second.close();
    awaitStreams(2);
    open(SESSION);
  }

  @Test
  void theServerHasNoMoreStreamsThanItsCap() {
    serve(builder -> builder.maxStreams(2));
    open(SESSION);
    open(OTHER);

    SessionKey third = new SessionKey("prod_abc", "ps_3");
    assertAnswer(get(path(third), bearer(third)), 503, "the server has no room for another stream");
  }

  @Test
  void pagesOfListedOriginsMayReadTheStreamAndOthersMayNot() {
    serve(builder -> builder.corsOrigins(List.of(APP)));

    RawClient listed = open(SESSION, "Origin: " + APP);
    RawClient stranger = open(SESSION, "Origin: https://evil.example");

    assertThat(listed.head())
        .containsIgnoringCase("access-control-allow-origin: " + APP + "\r\n")
        .containsIgnoringCase("access-control-allow-credentials: true")
        .containsIgnoringCase("vary: origin");
    assertThat(stranger.head())
        .doesNotContainIgnoringCase("access-control-allow")
        .containsIgnoringCase("vary: origin");
  }

  @Test
  void aPreflightIsAnsweredForListedOriginsOnly() {
    serve(builder -> builder.corsOrigins(List.of(APP)));

    HttpResponse<String> listed = preflight(APP);
    assertThat(listed.statusCode()).isEqualTo(204);
    assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(APP);
    assertThat(listed.headers().firstValue("Access-Control-Allow-Methods")).hasValue("POST");
    assertThat(listed.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("Authorization, Content-Type, Last-Event-ID");

    HttpResponse<String> stranger = preflight("https://evil.example");
    assertThat(stranger.statusCode()).isEqualTo(403);
    assertThat(stranger.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private HttpResponse<String> preflight(String origin) {
    return send(
        HttpRequest.newBuilder(uri("/tours/feedback"))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(5))
            .build());
  }

  private static void assertAnswer(RawClient client, int status, String error) {
    assertThat(client.head()).startsWith("HTTP/1.1 " + status);
    await()
        .untilAsserted(
            () -> assertThat(client.body()).isEqualTo("{\"error\":\"" + error + "\"}\n"));
  }
}
