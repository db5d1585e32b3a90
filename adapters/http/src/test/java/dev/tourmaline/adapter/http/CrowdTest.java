package dev.tourmaline.adapter.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdTest extends ServerFixture {

  private static final SessionKey SLOW = new SessionKey("prod_abc", "slow");

  @Test
  void hundredsOfIdleStreamsHoldNoThreads() {
    serve(builder -> builder.threads(8));
    for (int i = 0; i < 300; i++) {
      SessionKey session = new SessionKey("prod_abc", "ps_" + i);
      clients.add(RawClient.deaf(server.port(), 0, path(session), bearer(session)));
    }
    awaitStreams(300);

    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("tourmaline"))
            .count();
    assertThat(threads).isLessThanOrEqualTo(8 + 1);

    SessionKey last = new SessionKey("prod_abc", "last");
    RawClient client = open(last);
    deliver(trigger("t1", last));
    client.awaitEvents(frame("t1", last));
  }

  @Test
  void aSlowClientIsDisconnectedOnceItsQueueIsFull() {
    RawClient quick = open(SESSION);
    deaf(SLOW);
    awaitStreams(2);

    int sent = 0;
    StringBuilder expected = new StringBuilder();
    while (sink.openStreams() == 2) {
      assertThat(sent).as("frames of 30 KB sent to a deaf client").isLessThan(1_000);
      deliver(big("slow" + sent, SLOW));
      deliver(trigger("quick" + sent, SESSION));
      expected.append(frame("quick" + sent, SESSION));
      quick.awaitEvents(expected.toString());
      sent++;
    }

    deliver(trigger("more", SESSION));
    quick.awaitEvents(expected + frame("more", SESSION));
  }

  @Test
  void aClientThatTakesNothingForThirtySecondsIsLetGo() {
    serve(builder -> builder.streamQueueBytes(64 * 1024 * 1024));
    deaf(SLOW);
    awaitStreams(1);
    for (int i = 0; i < 400; i++) {
      deliver(big("slow" + i, SLOW));
    }

    clock.advance(Duration.ofSeconds(30));
    sink.tick();

    awaitStreams(0);
  }

  @Test
  void aSlowEngineBlocksNoStreamAndLosesNoFeedback() {
    engine.gate = new CountDownLatch(1);
    String token = tokens.issueForSession(SESSION, MINUTE);
    List<CompletableFuture<Integer>> posts =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    postLater(
                        "/tours/feedback",
                        token,
                        "{\"id\":\"t%d\",\"session_id\":\"ps_1\",\"outcome\":\"shown\"}"
                            .formatted(i)))
            .toList();
    await().until(() -> engine.feedback.size() == 4);

    RawClient client = open(SESSION);
    deliver(trigger("t1", SESSION));
    client.awaitEvents(frame("t1", SESSION));

    engine.gate.countDown();
    assertThat(posts)
        .allSatisfy(post -> assertThat(post).succeedsWithin(10, SECONDS).isEqualTo(204));
    assertThat(engine.feedback).hasSize(100);
  }

  private void deaf(SessionKey session) {
    clients.add(RawClient.deaf(server.port(), 1024, path(session), bearer(session)));
  }

  private TourTrigger big(String id, SessionKey session) {
    TourTrigger small = trigger(id, session);
    Offer large =
        Offer.withoutRule(
            id, session, small.userId(), "x".repeat(30_000), small.reason(), small.at());
    return TourTrigger.ofRule(large, small.decidedAt());
  }
}
