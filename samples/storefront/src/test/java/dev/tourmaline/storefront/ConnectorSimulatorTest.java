package dev.tourmaline.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectorSimulatorTest {

  private final FakeTime time = new FakeTime();
  private final ConnectorSimulator connector =
      ConnectorSimulator.builder("prod_abc", "uk_live_1").clock(time).scheduler(time).start(0);

  @AfterEach
  void stop() {
    connector.close();
  }

  @Test
  void actionsOfASessionWithinTheWindowBecomeOneFrame() throws Exception {
    try (StreamReader stream = subscribe("uk_live_1")) {
      connector.collect(action("pageview", "Page Load: Dashboard", "/dashboard"));
      time.advance(Duration.ofMillis(250));
      connector.collect(action("click", "Click Export CSV button", "/dashboard"));
      assertThat(stream.text()).isEmpty();
      time.advance(Duration.ofMillis(750));

      await().until(() -> stream.text().endsWith("\n\n"));
      assertThat(stream.text())
          .isEqualTo(
              """
              data: {"type":"actions","product_id":"prod_abc","session_id":"ps_1",\
              "user_id":"u_1","email":"ada@example.com","count":2,"forwarded_at":1772442001.000,\
              "actions":[{"index":0,"type":"pageview","title":"Page Load: Dashboard",\
              "description":"","timestamp_start":1772442000.000,"timestamp_end":1772442000.250,\
              "raw_url":"https://app.example.com/dashboard",\
              "canonical_url":"https://app.example.com/dashboard","session_id":"ps_1",\
              "user_id":"u_1","email":"ada@example.com"},{"index":1,"type":"click",\
              "title":"Click Export CSV button","description":"",\
              "timestamp_start":1772442000.250,"timestamp_end":1772442000.250,\
              "raw_url":"https://app.example.com/dashboard",\
              "canonical_url":"https://app.example.com/dashboard","session_id":"ps_1",\
              "user_id":"u_1","email":"ada@example.com"}]}

              """);
    }
  }

  @Test
  void theNextBatchGoesOnWithTheSessionsNumbering() throws Exception {
    try (StreamReader stream = subscribe("uk_live_1")) {
      connector.collect(action("pageview", "A", "/a"));
      connector.collect(action("click", "B", "/a"));
      time.advance(Duration.ofSeconds(1));
      connector.collect(action("click", "C", "/a"));
      time.advance(Duration.ofSeconds(1));

      await().until(() -> stream.text().contains("\"title\":\"C\""));
      assertThat(stream.text()).contains("\"index\":2,\"type\":\"click\",\"title\":\"C\"");
    }
  }

  @Test
  void aHeartbeatComesEveryThirtySeconds() throws Exception {
    try (StreamReader stream = subscribe("uk_live_1")) {
      time.advance(Duration.ofSeconds(29));
      connector.trigger("ps_1", "tour_abc_789");
      time.advance(Duration.ofSeconds(31));

      String beat = "event: heartbeat\ndata:\n\n";
      await().until(() -> stream.text().endsWith(beat + beat));
      assertThat(stream.text())
          .isEqualTo(
              "data: {\"type\":\"usertour_trigger\",\"product_id\":\"prod_abc\","
                  + "\"session_id\":\"ps_1\",\"flow_id\":\"tour_abc_789\"}\n\n"
                  + beat
                  + beat);
    }
  }

  @Test
  void aWrongTokenIsAnsweredWith401AndAnUnknownProductWith404() throws Exception {
    try (StreamReader wrongToken = new StreamReader(connector.streamUrl(), "uk_live_2");
        StreamReader wrongProduct =
            new StreamReader(connector.streamUrl().resolve("/stream/prod_other"), "uk_live_1")) {
      assertThat(wrongToken.status()).isEqualTo(401);
      assertThat(wrongProduct.status()).isEqualTo(404);
      assertThat(connector.subscribers()).isZero();
    }
  }

  @Test
  void aSubscriberThatGoesAwayIsForgotten() throws Exception {
    StreamReader stream = subscribe("uk_live_1");
    stream.close();

    await()
        .until(
            () -> {
              time.advance(Duration.ofSeconds(30));
              return connector.subscribers() == 0;
            });
  }

  @Test
  void aSubscriberThatFallsTooFarBehindLosesEventsAndStaysConnected() throws Exception {
    URI url = connector.streamUrl();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer uk_live_1\r\n\r\n"
              .formatted(url.getPath());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await().until(() -> connector.subscribers() == 1);

      int sent = 0;
      while (connector.lost() == 0) {
        connector.summarise("ps_1", "no %d %s".formatted(sent++, "x".repeat(60_000)), 0);
      }
      InputStream in = socket.getInputStream();
      StringBuilder received = new StringBuilder();
      byte[] buffer = new byte[65_536];
      while (received.indexOf("after the loss") < 0) {
        connector.summarise("ps_1", "after the loss", 0);
        int n = in.read(buffer);
        for (int i = 0; i < n; i++) {
          if (buffer[i] != 'x') {
            received.append((char) buffer[i]);
          }
        }
      }

      List<String> numbers =
          Pattern.compile("no (\\d+) ")
              .matcher(received)
              .results()
              .map(MatchResult::group)
              .toList();
      assertThat(numbers).hasSizeGreaterThanOrEqualTo(256).hasSizeLessThan(sent);
      assertThat(connector.subscribers()).isEqualTo(1);
    }
  }

  private StreamReader subscribe(String token) throws Exception {
    StreamReader stream = new StreamReader(connector.streamUrl(), token);
    assertThat(stream.status()).isEqualTo(200);
    await().until(() -> connector.subscribers() == 1);
    return stream;
  }

  private CapturedAction action(String type, String title, String path) {
    String url = "https://app.example.com" + path;
    return new CapturedAction(
        "ps_1", "u_1", "ada@example.com", type, title, "", time.instant(), url, url);
  }
}
