package dev.tourmaline.adapter.http;

import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A server on a free port, with a clock that the test moves. */
abstract class ServerFixture {

  static final String SECRET = "0123456789abcdef0123456789abcdef";
  static final SessionKey SESSION = new SessionKey("prod_abc", "ps_1");
  static final Duration MINUTE = Duration.ofMinutes(1);

  final FakeClock clock = FakeClock.create();
  final FakeEngine engine = new FakeEngine();
  final BrowserSink sink = BrowserSink.builder().clock(clock).build();
  final SessionTokens tokens = SessionTokens.builder().secret(SECRET).clock(clock).build();
  final List<RawClient> clients = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  TourServer server = serve(builder -> builder);

  TourServer serve(UnaryOperator<TourServer.Builder> settings) {
    if (server != null) {
      server.stop();
    }
    server =
        settings
            .apply(
                TourServer.builder(engine, sink, tokens)
                    .port(0)
                    .clock(clock)
                    .publishToken("publish-me"))
            .build()
            .start();
    return server;
  }

  @AfterEach
  void stop() {
    clients.forEach(RawClient::close);
    server.stop();
    sink.close();
  }

  static String path(SessionKey session) {
    return "/tours/stream?product=" + session.productId() + "&session=" + session.sessionId();
  }

  String bearer(SessionKey session) {
    return "Authorization: Bearer " + tokens.issueForSession(session, MINUTE);
  }

  RawClient get(String path, String... headers) {
    RawClient client = RawClient.get(server.port(), path, headers);
    clients.add(client);
    return client;
  }

  /** What a browser shows that has a token of a user and of no session. */
  String bearerOf(String user) {
    return "Authorization: Bearer " + tokens.issueForUser("prod_abc", user, MINUTE);
  }

  /** A connection on which nothing but this was sent. */
  RawClient drip(String start) {
    RawClient client = RawClient.connect(server.port());
    clients.add(client);
    return client.send(start);
  }

  /** A stream of that session, open. */
  RawClient open(SessionKey session, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(bearer(session));
    return get(path(session), all.toArray(String[]::new)).awaitOpen();
  }

  void awaitStreams(int count) {
    await().until(() -> sink.openStreams() == count);
  }

  HttpResponse<String> post(String path, String token, String body) {
    return send(postRequest(path, token, body));
  }

  /** Posts without waiting; completes with the status. */
  CompletableFuture<Integer> postLater(String path, String token, String body) {
    return http.sendAsync(postRequest(path, token, body), HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  private HttpRequest postRequest(String path, String token, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  TourTrigger trigger(String id, SessionKey session) {
    return trigger(id, session, "user_1");
  }

  TourTrigger trigger(String id, SessionKey session, String user) {
    Instant now = clock.instant();
    return TourTrigger.ofRule(
        new Offer(
            id, session, user, "Billing revisited", "tour_billing_help", 50, 0, "third visit", now),
        now);
  }

  CompletableFuture<Delivery> deliver(TourTrigger trigger) {
    return sink.deliver(trigger, () -> CompletableFuture.completedStage(Optional.empty()))
        .toCompletableFuture();
  }

  static String frame(String id, SessionKey session) {
    return "id: %s\ndata: {\"type\":\"usertour_trigger\",\"product_id\":\"%s\",\"session_id\":\"%s\",\"flow_id\":\"tour_billing_help\"}\n\n"
        .formatted(id, session.productId(), session.sessionId());
  }
}
