package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A forged event does not hand a visitor's triggers to another user; with a real engine. */
class DisputedSessionServesNoSubStreamTest {

  private static final SessionKey BOBS = new SessionKey("prod_abc", "ps_bob");
  private static final Duration HOUR = Duration.ofHours(1);

  private static final String RULE =
      """
      rule "Each page" @flow("tour_help")
      when
          $a : Action( pageview )
      then
          tours.offer($a, "a page");
      end
      """;

  private final FakeClock clock = FakeClock.create();
  private final SessionTokens tokens =
      SessionTokens.builder().secret(ServerFixture.SECRET).clock(clock).build();
  private final BrowserSink sink = BrowserSink.builder().clock(clock).build();
  private final AtomicInteger received = new AtomicInteger();
  private final TourEngine engine =
      TourEngine.builder(RuleSet.of("test.drl", RULE))
          .sink(new Counted(sink, received))
          .clock(clock)
          .policy(
              TriggerPolicy.builder()
                  .oncePer(Frequency.ALWAYS)
                  .betweenTours(Duration.ZERO)
                  .perUserPerDay(1_000)
                  .perUserPerWeek(1_000)
                  .build())
          .build();
  private final TourServer server =
      TourServer.builder(engine, sink, tokens).port(0).clock(clock).build().start();
  private final List<RawClient> clients = new ArrayList<>();
  private int pages;

  @AfterEach
  void stop() {
    clients.forEach(RawClient::close);
    engine.close();
    server.close();
  }

  @Test
  void aForgedClaimGivesItsUserNothingAndTakesTheVisitorsOwnStreamNothing() {
    RawClient mallory = openAs("mallory");
    RawClient bob = openAs("bob");
    RawClient bobsTab = open(tokens.issueForSession(BOBS, HOUR));
    view("bob");
    awaitTriggers(bob, 1);

    view("mallory");
    view("");
    view("bob");

    awaitTriggers(bobsTab, 4);
    assertThat(triggers(mallory)).isZero();
    assertThat(triggers(bob)).isEqualTo(1);
  }

  @Test
  void anHourLongBothClaimAndHalfAnHourLaterItIsOnesAgain() {
    view("mallory");
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofMinutes(10));
      view(i % 2 == 0 ? "bob" : "mallory");
    }
    clock.advance(Duration.ofMinutes(1));
    view("bob");
    RawClient bob = openAs("bob");
    clock.advance(Duration.ofMinutes(15));
    view("bob");
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    view("bob");
    assertThat(triggers(bob)).isZero();

    clock.advance(Duration.ofMillis(1));
    view("bob");

    awaitTriggers(bob, 1);
  }

  @Test
  void aSessionThatBeginsAnewIsItsUsersAtOnce() {
    view("mallory");
    view("bob");
    clock.advance(Duration.ofMinutes(31));
    RawClient bob = openAs("bob");

    view("bob");

    awaitTriggers(bob, 1);
  }

  @Test
  void aTriggerDecidedBeforeTheDisputeIsHeldBackToo() {
    view("mallory");
    view("bob");

    RawClient mallory = openAs("mallory");
    RawClient bobsTab = open(tokens.issueForSession(BOBS, HOUR));

    awaitTriggers(bobsTab, 2);
    assertThat(triggers(mallory)).isZero();
  }

  @Test
  void aUsersTokenReportsNothingOnADisputedSession() throws Exception {
    RawClient bob = openAs("bob");
    view("bob");
    awaitTriggers(bob, 1);
    String id = bob.events().lines().findFirst().orElseThrow().substring("id: ".length());
    assertThat(report(id)).isEqualTo(204);

    view("mallory");

    assertThat(report(id)).isEqualTo(403);
  }

  private int report(String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/tours/feedback"))
            .header("Authorization", "Bearer " + tokens.issueForUser(BOBS.productId(), "bob", HOUR))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"id\":\"%s\",\"session_id\":\"%s\",\"outcome\":\"step\"}"
                        .formatted(id, BOBS.sessionId())))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** An event of the session, evaluated and handed to the sink. */
  private void view(String user) {
    double at = clock.instant().toEpochMilli() / 1000.0;
    String frame =
        """
        {"type":"actions","product_id":"%s","session_id":"%s","user_id":"%s","count":1,"forwarded_at":%s,
         "actions":[{"index":0,"type":"pageview","title":"Page %d","timestamp_start":%s,
         "raw_url":"https://app.example.com/%d","canonical_url":"https://app.example.com/%d"}]}
        """
            .formatted(BOBS.productId(), BOBS.sessionId(), user, at, pages, at, pages, pages);
    pages++;
    engine.acceptFrame(frame.getBytes(StandardCharsets.UTF_8)).toCompletableFuture().join();
    await().until(() -> received.get() == pages);
  }

  private RawClient openAs(String user) {
    return open(tokens.issueForUser(BOBS.productId(), user, HOUR));
  }

  private RawClient open(String token) {
    RawClient client =
        RawClient.get(server.port(), ServerFixture.path(BOBS), "Authorization: Bearer " + token);
    clients.add(client);
    return client.awaitOpen();
  }

  /** A browser sink that counts what it was handed and has sent where it could. */
  private record Counted(BrowserSink sink, AtomicInteger received) implements TriggerSink {

    @Override
    public String name() {
      return sink.name();
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      CompletionStage<Delivery> outcome = sink.deliver(trigger, check);
      received.incrementAndGet();
      return outcome;
    }

    @Override
    public boolean checksPlace() {
      return sink.checksPlace();
    }

    @Override
    public boolean givesFeedback() {
      return sink.givesFeedback();
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  private static void awaitTriggers(RawClient client, int count) {
    await().until(() -> triggers(client) == count);
  }

  private static long triggers(RawClient client) {
    return client.events().lines().filter(line -> line.startsWith("id: ")).count();
  }
}
