package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A browser's own event source ends for good at any status but 200, so it is told to come again.
 */
class NativeEventSourceGoesOnTest extends ServerFixture {

  private static final String PAGE = "Sec-Fetch-Site: same-origin";
  private static final String ACCEPT = "Accept: text/event-stream";
  private static final String TOKEN_EXPIRED =
      "retry: 5000\nevent: token_expired\ndata: {\"error\":\"the token has expired\"}\n\n";

  @Test
  void anExpiredCookieIsToldToComeAgainForADay() {
    String cookie = cookie(SESSION);
    clock.advance(MINUTE);
    assertComesAgain(get(path(SESSION), cookie, PAGE, ACCEPT), TOKEN_EXPIRED);
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertComesAgain(get(path(SESSION), cookie, PAGE, ACCEPT), TOKEN_EXPIRED);
    clock.advance(Duration.ofSeconds(1));

    assertThat(get(path(SESSION), cookie, PAGE, ACCEPT).head()).startsWith("HTTP/1.1 401");
  }

  @Test
  void anExpiredCookieGetsNoTriggerAndHoldsNeitherAStreamNorAConnection() {
    serve(builder -> builder.maxStreams(1));
    String cookie = cookie(SESSION);
    clock.advance(MINUTE);
    deliver(trigger("t1", SESSION));

    RawClient client = get(path(SESSION), cookie, PAGE, ACCEPT, "Last-Event-ID: 0");

    assertComesAgain(client, TOKEN_EXPIRED);
    client.awaitEnd();
    assertThat(sink.openStreams()).isZero();
    assertThat(engine.vouched).isEmpty();
    get(path(SESSION), cookie(SESSION), PAGE, ACCEPT).awaitEvents(frame("t1", SESSION));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sec-Fetch-Site: cross-site  | text/event-stream | prod_abc | ps_1 | 403",
        "Sec-Fetch-Site: same-origin | */*               | prod_abc | ps_1 | 401",
        "Sec-Fetch-Site: same-origin | text/event-stream | prod_abc | ps_2 | 403",
        "Sec-Fetch-Site: same-origin | text/event-stream | prod_xyz | ps_1 | 403",
        "Sec-Fetch-Site: same-origin | text/event-stream |          | ps_1 | 400",
      })
  void anExpiredCookieThatWouldHaveOpenedNothingIsRefused(
      String page, String accept, String product, String session, int status) {
    String cookie = cookie(SESSION);
    clock.advance(MINUTE);
    String path = "/tours/stream?product=%s&session=%s".formatted(product, session);

    assertThat(get(path.replace("null", ""), page, "Accept: " + accept, cookie).head())
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void anExpiredTokenThatThePageItselfShowsIsRefusedAndSoIsAForgedCookie() {
    String bearer = bearer(SESSION);
    String cookie = cookie(SESSION);
    clock.advance(MINUTE);

    assertThat(get(path(SESSION), bearer, PAGE, ACCEPT).head()).startsWith("HTTP/1.1 401");
    assertThat(get(path(SESSION), cookie + "x", PAGE, ACCEPT).head()).startsWith("HTTP/1.1 401");
    assertThat(get(path(SESSION), PAGE, ACCEPT).head()).startsWith("HTTP/1.1 401");
  }

  @Test
  void feedbackWithAnExpiredCookieIsRefused() {
    String cookie = cookie(SESSION);
    clock.advance(MINUTE);
    String body = "{\"id\":\"t1\",\"session_id\":\"ps_1\",\"outcome\":\"shown\"}";
    String head =
        RawClient.head(
            "POST /tours/feedback",
            PAGE,
            ACCEPT,
            cookie,
            "Content-Type: application/json",
            "Content-Length: " + body.length());

    assertThat(drip(head + body).head()).startsWith("HTTP/1.1 401");
    assertThat(engine.feedback).isEmpty();
  }

  @Test
  void whereThereIsNoRoomAnEventSourceIsToldToComeAgain() {
    serve(builder -> builder.maxStreams(2).maxStreamsPerSession(1));
    open(SESSION);
    String noRoom = "retry: 5000\nevent: no_room\ndata: {\"error\":\"%s\"}\n\n";

    assertComesAgain(
        get(path(SESSION), cookie(SESSION), PAGE, ACCEPT),
        noRoom.formatted("this session has 1 streams open, it may not have more"));
    open(new SessionKey("prod_abc", "ps_2"));
    SessionKey third = new SessionKey("prod_abc", "ps_3");
    assertComesAgain(
        get(path(third), cookie(third), PAGE, ACCEPT),
        noRoom.formatted("the server has no room for another stream"));
    assertThat(sink.openStreams()).isEqualTo(2);
  }

  private String cookie(SessionKey session) {
    return "Cookie: tourmaline_token=" + tokens.issueForSession(session, MINUTE);
  }

  private static void assertComesAgain(RawClient client, String body) {
    assertThat(client.head())
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/event-stream")
        .containsIgnoringCase("content-length: " + body.length());
    await().untilAsserted(() -> assertThat(client.body()).isEqualTo(body));
  }
}
