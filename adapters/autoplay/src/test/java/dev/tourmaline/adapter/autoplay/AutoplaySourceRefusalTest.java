package dev.tourmaline.adapter.autoplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.source.SourceState.Closed;
import dev.tourmaline.engine.source.SourceState.Connecting;
import dev.tourmaline.engine.source.SourceState.Fatal;
import dev.tourmaline.engine.source.SourceState.Lost;
import dev.tourmaline.engine.source.SourceState.Open;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses other than a stream. */
class AutoplaySourceRefusalTest {

  private final Harness harness = Harness.create();

  @AfterEach
  void close() {
    harness.close();
  }

  @ParameterizedTest
  @CsvSource({
    "204, still registered",
    "400, how product 'prod_abc' was registered",
    "401, stream token",
    "403, issued for product 'prod_abc'",
    "404, product id 'prod_abc'",
    "410, still registered",
    "402, stream address",
    "418, stream address",
    "206, stream address",
    "304, stream address"
  })
  void aRefusalThatWillNotChangeIsFatalAndSaysWhatToCheck(int code, String advice) {
    harness.server.enqueue(refusal(code));

    Fatal fatal = harness.start().awaitState(Fatal.class);

    assertThat(fatal.why()).startsWith(code + " from http://").endsWith("/stream/prod_abc");
    assertThat(fatal.advice()).contains(advice).endsWith(".");
    assertThat(harness.listener.states()).containsExactly(new Connecting(1), fatal);
    assertNoSecret();
    awaitThreadsEnd();
    assertThat(harness.server.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, 'text/html'",
    "application/json; charset=utf-8, 'application/json'",
    "'', (none)",
    "x text/event-stream, 'x text/event-stream'"
  })
  void anotherContentTypeIsFatal(String type, String shown) {
    harness.server.enqueue(StreamServer.type(type).body("data: {}\n\n").build());

    Fatal fatal = harness.start().awaitState(Fatal.class);

    assertThat(fatal.why()).contains("200 from").contains("content type").contains(shown);
    assertThat(fatal.advice()).contains("text/event-stream");
    assertThat(harness.receiver.frames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream;",
        "text/event-stream;charset=windows-1252",
        "Text/Event-Stream; x bogus"
      })
  void parametersOfTheContentTypeAreIgnoredAndTextIsUtf8(String type) {
    harness.server.enqueue(StreamServer.type(type).body("data: \"\u2026\"\n\n").build());

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly("\"\u2026\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void aRefusalThatMayPassIsTriedAgain(int code) {
    harness.server.enqueue(refusal(code), refusal(code), refusal(code));

    harness.allowPauses(5).start().awaitState(Open.class);

    Lost lost = harness.awaitState(Lost.class);
    assertThat(lost.why()).startsWith(code + " from http://");
    assertThat(harness.listener.states(Fatal.class)).isEmpty();
    assertThat(harness.listener.states(Connecting.class))
        .startsWith(new Connecting(1), new Connecting(2));
    assertNoSecret();
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    harness.server.enqueue(retryAfter(429, "7"), retryAfter(503, "120"), retryAfter(503, "junk"));

    harness.allowPauses(3).start().awaitState(Open.class);

    assertThat(harness.pauses)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(120), Duration.ZERO);
    assertThat(harness.listener.states(Lost.class))
        .extracting(Lost::retryIn)
        .isEqualTo(harness.pauses);
  }

  @Test
  void waitsUntilTheDateThatTheServerGives() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            FakeClock.START.plusSeconds(90).atOffset(ZoneOffset.UTC));
    String past =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            FakeClock.START.minusSeconds(90).atOffset(ZoneOffset.UTC));
    harness.server.enqueue(retryAfter(429, date), retryAfter(429, past));

    harness.allowPauses(2).start().awaitState(Open.class);

    assertThat(harness.pauses).containsExactly(Duration.ofSeconds(90), Duration.ZERO);
  }

  @Test
  void waitsAnHourAtMostWhateverTheServerAsks() {
    harness.server.enqueue(retryAfter(429, "31536000"), retryAfter(429, "9".repeat(40)));

    harness.allowPauses(2).start().awaitState(Open.class);

    assertThat(harness.pauses).containsExactly(Duration.ofHours(1), Duration.ofHours(1));
  }

  /** OkHttp reads the header itself for 408 and 503, and fails where it is no int. */
  @ParameterizedTest
  @CsvSource({
    "503, 999999999999, 3600",
    "408, 999999999999, 3600",
    "503, 2147483648, 3600",
    "408, 0, 0",
    "503, 99999999999999999999999999, 3600",
    "503, -5, 0",
    "503, 0, 0",
    "503, 1e9, 0",
    "503, 'Fri, 31 Dec 9999 23:59:59 GMT', 3600",
    "503, 'Fri, 32 Dec 2026 23:59:59 GMT', 0",
    "429, '', 0"
  })
  void aRetryAfterOfAnyFormIsOneLostConnection(int code, String value, long seconds) {
    harness.server.enqueue(retryAfter(code, value));

    harness.allowPauses(1).start().awaitState(Open.class);

    assertThat(harness.pauses).containsExactly(Duration.ofSeconds(seconds));
    assertThat(harness.listener.states(Lost.class))
        .extracting(Lost::why)
        .containsExactly(code + " from " + harness.server.url());
    assertThat(harness.server.requests()).isEqualTo(2);
  }

  @Test
  void anAddressThatRefusesConnectionsIsTriedAgain() throws Exception {
    String url;
    try (StreamServer gone = new StreamServer()) {
      url = gone.url();
    }

    harness.start(
        AutoplaySource.builder("prod_abc", url, Harness.TOKEN)
            .sleeper((closed, length) -> closed.await()));

    assertThat(harness.awaitState(Lost.class).why()).startsWith("ConnectException");
    assertNoSecret();
  }

  @Test
  void aRefusalByAnotherHostSaysThatItGetsNoToken() throws Exception {
    try (StreamServer other = new StreamServer()) {
      other.enqueue(StreamServer.status(401));
      String elsewhere = other.url().replace("localhost", "127.0.0.1");
      harness.server.enqueue(
          StreamServer.status(302).newBuilder().setHeader("Location", elsewhere).build());

      Fatal fatal = harness.start().awaitState(Fatal.class);

      assertThat(fatal.advice()).contains("redirects to " + elsewhere);
    }
  }

  @Test
  void anEmptyTokenIsFatalBeforeAnythingIsSent() {
    Fatal fatal =
        harness
            .start(AutoplaySource.builder("prod_abc", harness.server.url(), " \n"))
            .awaitState(Fatal.class);

    assertThat(fatal.why()).contains("token is empty");
    assertThat(harness.server.requests()).isZero();
  }

  @Test
  void aTokenThatNoHeaderCanCarryIsFatalAndNotShown() {
    Fatal fatal =
        harness
            .start(AutoplaySource.builder("prod_abc", harness.server.url(), "uk_live_\u00fcx"))
            .awaitState(Fatal.class);

    assertThat(fatal.why()).contains("position 9").doesNotContain("uk_live");
    assertThat(harness.server.requests()).isZero();
  }

  @Test
  void afterAFatalRefusalItCloses() {
    harness.server.enqueue(StreamServer.status(401));
    harness.start().awaitState(Fatal.class);

    harness.source.close();

    List<SourceState> states = harness.listener.states();
    assertThat(states.get(states.size() - 1)).isEqualTo(new Closed());
  }

  private static MockResponse refusal(int code) {
    MockResponse.Builder builder =
        new MockResponse.Builder().code(code).setHeader("Content-Type", "text/event-stream");
    if (code != 204 && code != 304) {
      builder.body("data: secret of the body\n\n");
    }
    return builder.build();
  }

  private static MockResponse retryAfter(int code, String value) {
    return new MockResponse.Builder().code(code).setHeader("Retry-After", value).build();
  }

  private void assertNoSecret() {
    assertThat(harness.listener.states().toString())
        .doesNotContain(Harness.TOKEN)
        .doesNotContain("secret of the body");
    assertThat(harness.source.toString()).doesNotContain(Harness.TOKEN);
  }

  private void awaitThreadsEnd() {
    await().atMost(Harness.SOON).until(() -> harness.threads.stream().noneMatch(Thread::isAlive));
  }
}
