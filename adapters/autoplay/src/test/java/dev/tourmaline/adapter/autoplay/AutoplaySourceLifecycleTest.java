package dev.tourmaline.adapter.autoplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.source.SourceState.Closed;
import dev.tourmaline.engine.source.SourceState.Connecting;
import dev.tourmaline.engine.source.SourceState.Lost;
import dev.tourmaline.engine.source.SourceState.Open;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reconnecting, watching, closing. */
class AutoplaySourceLifecycleTest {

  private final Harness harness = Harness.create();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void goesOnAfterTheServerClosedTheStream() {
    harness.server.enqueue(StreamServer.whole("data: 1\n\n"), StreamServer.whole("data: 2\n\n"));

    harness.allowPauses(2).start().awaitState(Open.class, 3);
    harness.server.stream().write("data: 3\n\n");

    harness.awaitFrames("1", "2", "3");
    assertThat(harness.listener.states())
        .containsExactly(
            new Connecting(1),
            new Open(),
            new Lost("the server ended the stream", Duration.ZERO),
            new Connecting(1),
            new Open(),
            new Lost("the server ended the stream", Duration.ZERO),
            new Connecting(1),
            new Open());
  }

  @Test
  void aFrameCutByALostConnectionIsNotDelivered() {
    harness.server.enqueue(
        StreamServer.type("text/event-stream")
            .body(new Buffer().writeUtf8("data: 1\n\ndata: {\"cut"))
            .setHeader("Content-Length", 1000)
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
            .build());

    harness.allowPauses(1).start().awaitState(Open.class, 2);

    assertThat(harness.receiver.frames()).containsExactly("1");
    assertThat(harness.awaitState(Lost.class).why()).isNotBlank();
  }

  @Test
  void honoursTheRetryFieldAndSendsTheLastEventId() throws Exception {
    harness.server.enqueue(StreamServer.whole("retry: 4321\nid: 42\u2026\ndata: 1\n\nid: 43"));

    harness.allowPauses(1).start().awaitState(Open.class, 2);

    assertThat(harness.pauses).containsExactly(Duration.ofMillis(4321));
    harness.server.takeRequest();
    assertThat(harness.server.takeRequest().getHeaders().get("Last-Event-ID"))
        .isEqualTo("42\u2026");
  }

  @Test
  void waitsLongerFromFailureToFailureUntilAnEventArrives() {
    harness.server.enqueue(
        StreamServer.status(500),
        StreamServer.status(500),
        StreamServer.whole(""),
        StreamServer.whole("event: heartbeat\ndata:\n\n"),
        StreamServer.status(500));

    harness
        .allowPauses(5)
        .startWith(
            builder ->
                builder
                    .backoff(Duration.ofSeconds(1), Duration.ofSeconds(5))
                    .random(BackoffTest.most()))
        .awaitState(Open.class, 3);

    assertThat(harness.pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
  }

  @Test
  void countsAttemptsSinceTheStreamWasLastOpen() {
    harness.server.enqueue(
        StreamServer.status(500), StreamServer.status(503), StreamServer.whole("data: 1\n\n"));

    harness.allowPauses(3).start().awaitState(Open.class, 2);

    assertThat(harness.listener.states(Connecting.class))
        .containsExactly(
            new Connecting(1), new Connecting(2), new Connecting(3), new Connecting(1));
  }

  @Test
  void aSilentStreamCountsAsLost() {
    harness.startWith(builder -> builder.silence(Duration.ofMillis(300))).awaitState(Open.class);
    harness.server.stream().write(": first\n");

    Lost lost = harness.awaitState(Lost.class);
    assertThat(lost.why()).isEqualTo("no byte for 300 ms");
    assertThat(lost.silent()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aServerThatNeverAnswersCountsAsLost() {
    harness.server.enqueue(
        StreamServer.status(200).newBuilder().headersDelay(20, TimeUnit.SECONDS).build());

    harness.startWith(builder -> builder.silence(Duration.ofMillis(300)));

    assertThat(harness.awaitState(Lost.class).why()).isEqualTo("no answer within 300 ms");
  }

  @Test
  void commentsKeepAStreamAlive() {
    harness.startWith(builder -> builder.silence(Duration.ofMillis(1500))).awaitState(Open.class);

    await()
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofMillis(2200))
        .atMost(Harness.SOON)
        .until(
            () -> {
              harness.server.stream().write(":\n");
              return harness.listener.states(Lost.class).isEmpty();
            });
  }

  @Test
  void anEngineThatIsFullIsNoSilence() {
    harness.startWith(builder -> builder.silence(Duration.ofMillis(300))).awaitState(Open.class);
    harness.receiver.hold();
    harness.server.stream().write("data: 1\n\n");
    await().atMost(Harness.SOON).until(() -> harness.receiver.offered() == 1);

    await()
        .during(Duration.ofMillis(600))
        .atMost(Harness.SOON)
        .until(() -> harness.listener.states(Lost.class).isEmpty());
  }

  @Test
  void aTrailingBareCrCostsNoProcessorTime() {
    harness.start().awaitState(Open.class);
    harness.server.stream().write("data: 1\r\rdata: 2\r");
    harness.awaitFrames("1");

    assertIdle(harness.threads.get(0));
  }

  @Test
  void aStreamThatEndsInABareCrEnds() {
    harness.server.enqueue(StreamServer.whole("data: 1\r\rdata: 2\r"));

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly("1");
    assertIdle(harness.threads.get(0));
  }

  @Test
  void closingWhileItWaitsIsPromptAndLeavesNoThread() {
    harness.server.enqueue(StreamServer.status(500));
    harness.startWith(builder -> builder.sleeper(Sleeper.REAL).random(BackoffTest.most()));
    harness.awaitState(Lost.class);

    assertClosesPromptly();
  }

  @Test
  void closingWhileItReadsIsPromptAndLeavesNoThread() {
    harness.start().awaitState(Open.class);

    assertClosesPromptly();
  }

  @Test
  void closingWhileItConnectsIsPromptAndLeavesNoThread() {
    harness.server.enqueue(
        StreamServer.status(200).newBuilder().headersDelay(20, TimeUnit.SECONDS).build());
    harness.start();
    await().atMost(Harness.SOON).until(() -> harness.server.requests() == 1);

    assertClosesPromptly();
  }

  @Test
  void aListenerThatFailsChangesNothing() {
    CopyOnWriteArrayList<String> frames = new CopyOnWriteArrayList<>();
    CountDownLatch told = new CountDownLatch(3);
    harness.source = harness.builder().build();
    harness.source.start(
        frame -> frames.add("frame"),
        new SourceListener() {
          @Override
          public void stateChanged(EventSource source, SourceState state) {
            told.countDown();
            throw new StackOverflowError("the listener failed");
          }

          @Override
          public void dropped(EventSource source, String what) {
            told.countDown();
            throw new IllegalStateException("the listener failed");
          }
        });
    await().atMost(Harness.SOON).until(() -> harness.server.requests() == 1);
    harness.server.stream().write(":" + "x".repeat(2 << 20) + "\ndata: 1\n\n");

    await().atMost(Harness.SOON).untilAsserted(() -> assertThat(frames).hasSize(1));
    assertThat(told.getCount()).isZero();
  }

  @Test
  void knowsWhenItLastHeardAnything() {
    harness.start().awaitState(Open.class);
    assertThat(harness.source.lastReceived()).isEmpty();
    harness.clock.advance(Duration.ofMinutes(1));

    harness.server.stream().write(":\n");

    await()
        .atMost(Harness.SOON)
        .untilAsserted(
            () ->
                assertThat(harness.source.lastReceived())
                    .contains(FakeClock.START.plusSeconds(60)));
  }

  private void assertClosesPromptly() {
    long before = System.nanoTime();
    harness.source.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(harness.threads).hasSize(1).noneMatch(Thread::isAlive);
    assertThat(harness.listener.states(Closed.class)).hasSize(1);
  }

  /** A thread that spins would use all of the time that passes. */
  private static void assertIdle(Thread thread) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getThreadCpuTime(thread.getId());
    await().during(Duration.ofMillis(500)).atMost(Harness.SOON).until(thread::isAlive);
    Duration used = Duration.ofNanos(threads.getThreadCpuTime(thread.getId()) - before);
    assertThat(used).isLessThan(Duration.ofMillis(100));
  }
}
