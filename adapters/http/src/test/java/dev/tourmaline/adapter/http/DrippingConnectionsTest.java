package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that send their requests byte by byte, or not at all, cost the others nothing. */
class DrippingConnectionsTest extends ServerFixture {

  @Test
  void whoeverSendsARequestIsServedWhileOthersDrip() {
    serve(builder -> builder.maxConnections(20));
    RawClient visitor = open(SESSION);
    for (int i = 0; i < 60; i++) {
      drip("GET /tours/stream HTTP/1.1\r\nHost: loc");
    }
    await().until(() -> clients.stream().filter(RawClient::hasEnded).count() >= 41);

    RawClient late = open(SESSION);
    assertThat(send(HttpRequest.newBuilder(uri("/nothing")).build()).statusCode()).isEqualTo(404);
    deliver(trigger("t1", SESSION));
    visitor.awaitEvents(frame("t1", SESSION));
    late.awaitEvents(frame("t1", SESSION));
    assertThat(server.connections().count()).isLessThanOrEqualTo(20);
  }

  @Test
  void aConnectionWithoutAHeadIsClosedAfterTenSecondsThoughItDrips() {
    RawClient silent = drip("");
    RawClient dripping = drip("GET / HT");
    RawClient visitor = open(SESSION);
    awaitConnections(3);
    clock.advance(Duration.ofSeconds(9));
    dripping.send("TP");
    server.connections().sweep();
    assertThat(server.connections().count()).isEqualTo(3);
    clock.advance(Duration.ofSeconds(1));

    silent.awaitEnd();
    dripping.awaitEnd();

    assertThat(visitor.hasEnded()).isFalse();
    awaitConnections(1);
  }

  @Test
  void aBodyThatDripsIsCutAfterTwentySecondsAndNothingOfItIsTaken() {
    RawClient dripping = dripBody("Content-Length: 1000", "{\"id\":");
    RawClient chunked = dripBody("Transfer-Encoding: chunked", "5\r\n{\"id\"\r\n");
    clock.advance(Duration.ofSeconds(19));
    dripping.send("x");
    server.connections().sweep();
    assertThat(server.connections().count()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(1));

    dripping.awaitEnd();
    chunked.awaitEnd();

    awaitConnections(0);
    assertThat(engine.feedback).isEmpty();
  }

  private RawClient dripBody(String length, String start) {
    RawClient client =
        drip(
            RawClient.head(
                "POST /tours/feedback",
                bearer(SESSION),
                "Content-Type: application/json",
                "Expect: 100-continue",
                length));
    assertThat(client.head()).startsWith("HTTP/1.1 100");
    return client.send(start);
  }

  @Test
  void aConnectionIsKeptForItsNextRequestForThirtySeconds() {
    RawClient client = drip(RawClient.head("GET /nothing"));
    assertThat(client.head()).startsWith("HTTP/1.1 404");
    await().until(() -> server.connections().waiting() == 1);
    clock.advance(Duration.ofSeconds(29));
    client.send(RawClient.head("GET /nothing"));
    await().until(() -> client.body().contains("HTTP/1.1 404"));
    await().until(() -> server.connections().waiting() == 1);
    clock.advance(Duration.ofSeconds(29));
    client.send("GET /noth");
    server.connections().sweep();
    assertThat(client.hasEnded()).isFalse();
    clock.advance(Duration.ofSeconds(1));

    client.awaitEnd();
  }

  @Test
  void aRequestThatIsBeingAnsweredIsNeverLate() {
    serve(builder -> builder.maxConnections(8));
    RawClient stream = open(SESSION);
    clock.advance(Duration.ofSeconds(40));
    server.connections().sweep();
    for (int i = 0; i < 20; i++) {
      drip("");
    }
    await().until(() -> clients.stream().filter(RawClient::hasEnded).count() >= 13);

    deliver(trigger("t1", SESSION));

    stream.awaitEvents(frame("t1", SESSION));
  }

  @Test
  void aStreamThatHasEndedCostsNoConnection() {
    RawClient stream = open(SESSION);
    awaitConnections(1);

    stream.close();

    awaitConnections(0);
  }

  @Test
  void theOneThatHasWaitedLongestMakesRoom() {
    serve(builder -> builder.maxConnections(8));
    RawClient first = drip("");
    awaitConnections(1);
    RawClient second = drip("");
    awaitConnections(2);
    first.send(
        RawClient.head(
            "POST /tours/feedback",
            bearer(SESSION),
            "Content-Type: application/json",
            "Expect: 100-continue",
            "Content-Length: 10"));
    assertThat(first.head()).startsWith("HTTP/1.1 100");
    for (int i = 0; i < 7; i++) {
      drip("");
    }

    second.awaitEnd();

    assertThat(first.hasEnded()).isFalse();
  }

  @Test
  void streamsLeaveRoomForOtherRequests() {
    serve(builder -> builder.maxConnections(16).maxStreamsPerSession(100));
    List<RawClient> tabs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tabs.add(open(SESSION));
    }

    assertThat(get(path(SESSION), bearer(SESSION)).head()).startsWith("HTTP/1.1 503");
    get("/stream/prod_abc", "Authorization: Bearer publish-me").awaitOpen();
    assertThat(post("/tours/feedback", "x", "{}").statusCode()).isEqualTo(401);
    assertThat(tabs).noneMatch(RawClient::hasEnded);
  }

  private void awaitConnections(int count) {
    await().until(() -> server.connections().count() == count);
  }
}
