package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BrowserStreamTest extends ServerFixture {

  private static final SessionKey OTHER = new SessionKey("prod_abc", "ps_2");
  private static final Delivery DELIVERED = new Delivery.Delivered();

  @Test
  void aTriggerArrivesWithFourKeysAndItsIdAsEventId() {
    RawClient client = open(SESSION);

    CompletableFuture<Delivery> delivery = deliver(trigger("t1", SESSION));

    client.awaitEvents(
        "id: t1\n"
            + "data: {\"type\":\"usertour_trigger\",\"product_id\":\"prod_abc\","
            + "\"session_id\":\"ps_1\",\"flow_id\":\"tour_billing_help\"}\n\n");
    assertThat(delivery).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(DELIVERED);
    assertThat(client.head())
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/event-stream");
  }

  @Test
  void anotherSessionsStreamGetsNothingOfIt() {
    RawClient mine = open(SESSION);
    RawClient other = open(OTHER);
    RawClient otherProduct = open(new SessionKey("prod_xyz", "ps_1"));

    deliver(trigger("t1", SESSION));
    mine.awaitEvents(frame("t1", SESSION));
    clock.advance(Duration.ofSeconds(15));

    for (RawClient stranger : List.of(other, otherProduct)) {
      stranger.awaitBody(": open\n\n: heartbeat\n\n", sink::tick);
    }
  }

  @Test
  void aTriggerWaitsUntilAStreamOfItsSessionOpens() {
    CompletableFuture<Delivery> delivery = deliver(trigger("t1", SESSION));
    open(OTHER);
    clock.advance(Duration.ofSeconds(29));
    assertThat(delivery).isNotDone();

    RawClient client = open(SESSION);

    client.awaitEvents(frame("t1", SESSION));
    assertThat(delivery).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(DELIVERED);
  }

  @Test
  void aTriggerExpiresAtItsTimeToLiveAndIsNotSentAfterwards() {
    CompletableFuture<Delivery> delivery = deliver(trigger("t1", SESSION));

    clock.advance(Duration.ofSeconds(30));
    sink.tick();

    assertThat(delivery).isCompletedWithValue(new Delivery.Expired());
    assertGetsOnlyWhatFollows(open(SESSION));
  }

  private void assertGetsOnlyWhatFollows(RawClient client) {
    deliver(trigger("follows", SESSION));
    client.awaitEvents(frame("follows", SESSION));
  }

  @Test
  void aTriggerThatIsTooOldWhenItArrivesExpiresAtOnce() {
    var trigger = trigger("t1", SESSION);
    RawClient client = open(SESSION);
    clock.advance(Duration.ofSeconds(31));

    assertThat(deliver(trigger)).isCompletedWithValue(new Delivery.Expired());
    assertGetsOnlyWhatFollows(client);
  }

  @Test
  void anObjectionOfThePreDeliveryCheckWithdrawsTheTrigger() {
    List<String> asked = new ArrayList<>();
    var delivery =
        sink.deliver(
                trigger("t1", SESSION),
                () -> {
                  asked.add("t1");
                  return CompletableFuture.completedStage(Optional.of("another tour is running"));
                })
            .toCompletableFuture();
    assertThat(asked).isEmpty();

    RawClient client = open(SESSION);

    assertThat(delivery)
        .succeedsWithin(5, TimeUnit.SECONDS)
        .isEqualTo(new Delivery.Withdrawn("another tour is running"));
    assertGetsOnlyWhatFollows(client);
    assertThat(asked).containsExactly("t1");
  }

  @Test
  void aTourWhosePreDeliveryCheckFailsMayComeLater() {
    RawClient client = open(SESSION);
    var failed =
        sink.deliver(
            trigger("t1", SESSION),
            () -> CompletableFuture.failedStage(new IllegalStateException("the store is gone")));
    assertThat(failed.toCompletableFuture())
        .succeedsWithin(5, TimeUnit.SECONDS)
        .isInstanceOf(Delivery.Retry.class);

    deliver(trigger("t1", SESSION));

    client.awaitEvents(frame("t1", SESSION));
  }

  @Test
  void theSameTriggerAgainIsDeliveredOnce() {
    RawClient client = open(SESSION);
    deliver(trigger("t1", SESSION));
    deliver(trigger("t1", SESSION));
    deliver(trigger("t2", SESSION));

    client.awaitEvents(frame("t1", SESSION) + frame("t2", SESSION));
  }

  @Test
  void everyOpenTabOfTheSessionGetsTheTrigger() {
    RawClient one = open(SESSION);
    RawClient two = open(SESSION);

    deliver(trigger("t1", SESSION));

    one.awaitEvents(frame("t1", SESSION));
    two.awaitEvents(frame("t1", SESSION));
  }

  @Test
  void aNewTabDoesNotGetATriggerDeliveredBefore() {
    RawClient first = open(SESSION);
    deliver(trigger("t1", SESSION));
    first.awaitEvents(frame("t1", SESSION));
    await().until(() -> deliver(trigger("t1", SESSION)).isDone());

    RawClient late = open(SESSION);
    deliver(trigger("t2", SESSION));

    late.awaitEvents(frame("t2", SESSION));
  }

  @Test
  void aReconnectingClientGetsWhatCameAfterItsLastEventId() {
    RawClient first = open(SESSION);
    deliver(trigger("t1", SESSION));
    deliver(trigger("t2", SESSION));
    first.awaitEvents(frame("t1", SESSION) + frame("t2", SESSION));
    first.close();
    awaitStreams(0);

    open(SESSION, "Last-Event-ID: t1").awaitEvents(frame("t2", SESSION));
    open(SESSION, "Last-Event-ID: older-than-all")
        .awaitEvents(frame("t1", SESSION) + frame("t2", SESSION));
    RawClient upToDate = open(SESSION, "Last-Event-ID: t2");
    deliver(trigger("t3", SESSION));
    upToDate.awaitEvents(frame("t3", SESSION));
  }

  @Test
  void whatAPageHasReportedIsNotSentAgain() {
    RawClient first = open(SESSION);
    deliver(trigger("t1", SESSION));
    first.awaitEvents(frame("t1", SESSION));
    String token = tokens.issueForSession(SESSION, MINUTE);
    post("/tours/feedback", token, "{\"id\":\"t1\",\"session_id\":\"ps_1\",\"outcome\":\"shown\"}");
    assertThat(engine.feedback)
        .containsExactly(new TourFeedback("t1", SESSION, TourFeedback.Outcome.SHOWN, 0));

    RawClient back = open(SESSION, "Last-Event-ID: older-than-all");
    deliver(trigger("t2", SESSION));

    back.awaitEvents(frame("t2", SESSION));
  }

  @Test
  void aStreamEndsWhenItsTokenDoes() {
    RawClient client = open(SESSION);
    clock.advance(Duration.ofSeconds(59));
    sink.tick();
    assertThat(client.hasEnded()).isFalse();

    clock.advance(Duration.ofSeconds(1));
    sink.tick();

    client.awaitEnd();
    awaitStreams(0);
  }

  @Test
  void aCommentKeepsAnIdleStreamAliveEveryFifteenSeconds() {
    RawClient client = open(SESSION);
    clock.advance(Duration.ofSeconds(14));
    sink.tick();
    assertThat(client.body()).isEqualTo(": open\n\n");

    clock.advance(Duration.ofSeconds(1));

    client.awaitBody(": open\n\n: heartbeat\n\n", sink::tick);
  }

  @Test
  void aClientThatGoesAwayIsNoticedWithoutAHeartbeat() {
    RawClient client = open(SESSION);
    awaitStreams(1);

    client.close();

    awaitStreams(0);
    assertThat(deliver(trigger("t1", SESSION))).isNotDone();
  }

  @Test
  void stoppingTheServerEndsItsStreams() {
    RawClient client = open(SESSION);

    server.stop();

    client.awaitEnd();
  }

  @Test
  void closingTheSinkAnswersWhatIsStillHeldAndEndsTheStreams() {
    RawClient client = open(OTHER);
    CompletableFuture<Delivery> delivery = deliver(trigger("t1", SESSION));

    sink.close();

    assertThat(delivery).isCompletedWithValueMatching(Delivery.Retry.class::isInstance);
    client.awaitEnd();
    assertThat(deliver(trigger("t2", SESSION)))
        .isCompletedWithValueMatching(Delivery.Retry.class::isInstance);
  }
}
