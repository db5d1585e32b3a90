package dev.tourmaline.adapter.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.source.SourceState.Closed;
import dev.tourmaline.engine.source.SourceState.Connecting;
import dev.tourmaline.engine.source.SourceState.Lost;
import dev.tourmaline.engine.source.SourceState.Open;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link EventSource} promises. Extend it with a real upstream on loopback.
 *
 * <p>Each test makes one source, starts it and closes it.
 */
@Timeout(60)
public abstract class EventSourceContract {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final RecordingListener listener = new RecordingListener();
  private @Nullable EventSource made;

  /** Makes the contract. */
  protected EventSourceContract() {}

  /**
   * {@return a new source that was not started, towards an upstream that accepts it; it reconnects
   * at once when its connection breaks}
   *
   * @throws Exception if the upstream cannot be set up
   */
  protected abstract EventSource newSource() throws Exception;

  /**
   * Sends one frame from the upstream. Called when the source is open.
   *
   * @param utf8 the frame
   * @throws Exception if the upstream cannot send
   */
  protected abstract void send(byte[] utf8) throws Exception;

  /**
   * Breaks the connection from the upstream's side; the next attempt is to succeed.
   *
   * @throws Exception if the upstream cannot do so
   */
  protected abstract void breakConnection() throws Exception;

  @AfterEach
  void closeTheSource() {
    receiver.release();
    close();
  }

  private void close() {
    if (made != null) {
      made.close();
    }
  }

  @Test
  void namesItselfAndItsProduct() throws Exception {
    EventSource source = made();
    assertThat(source.name()).isNotBlank().isEqualTo(source.name());
    assertThat(source.productId()).isNotBlank().isEqualTo(source.productId());
  }

  @Test
  void connectsOpensAndClosesInThatOrder() throws Exception {
    EventSource source = open(receiver);
    source.close();
    assertThat(listener.states()).containsExactly(new Connecting(1), new Open(), new Closed());
  }

  @Test
  void handsOnEveryFrameByteForByteAndInOrder() throws Exception {
    open(receiver);
    List<String> frames =
        IntStream.range(0, 200)
            .mapToObj(
                i -> "{\"type\":\"summary\",\"n\":" + i + ",\"summary\":\"Zoë \u2192 日本 😀\"}")
            .toList();
    for (String frame : frames) {
      send(frame.getBytes(UTF_8));
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.frames()).isEqualTo(frames));
  }

  @Test
  void startsOnlyOnce() throws Exception {
    EventSource source = open(receiver);
    assertThatThrownBy(() -> source.start(receiver, listener))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void doesNotStartOnceItWasClosed() throws Exception {
    EventSource source = made();
    source.close();
    assertThatThrownBy(() -> source.start(receiver, listener))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingItAgainDoesNothing() throws Exception {
    EventSource source = open(receiver);
    source.close();
    source.close();
    assertThat(listener.states(Closed.class)).hasSize(1);
  }

  @Test
  void nothingArrivesOnceItIsClosed() throws Exception {
    EventSource source = open(receiver);
    send(frame(1));
    awaitFrames(1);
    source.close();
    int offered = receiver.offered();
    List<SourceState> states = listener.states();
    for (int i = 0; i < 10; i++) {
      sendInVain(frame(2));
    }
    assertThat(receiver.offered()).isEqualTo(offered);
    assertThat(listener.states()).isEqualTo(states);
  }

  @Test
  void anEngineThatIsFullHoldsItBackAndLosesNothing() throws Exception {
    open(receiver);
    receiver.hold();
    for (int i = 0; i < 50; i++) {
      send(frame(i));
    }
    await().atMost(SOON).until(() -> receiver.offered() == 1);
    receiver.letThrough(1);
    await().atMost(SOON).until(() -> receiver.offered() == 2);
    assertThat(receiver.frames()).hasSize(1);
    receiver.release();
    awaitFrames(50);
    assertThat(receiver.frames())
        .isEqualTo(IntStream.range(0, 50).mapToObj(i -> new String(frame(i), UTF_8)).toList());
  }

  @Test
  void closesPromptlyWhileTheEngineIsFull() throws Exception {
    EventSource source = open(receiver);
    receiver.hold();
    send(frame(1));
    await().atMost(SOON).until(() -> receiver.offered() == 1);
    long before = System.nanoTime();
    source.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    assertThat(receiver.frames()).isEmpty();
  }

  @Test
  void closesFromItsOwnThread() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    open(
        frame -> {
          received.incrementAndGet();
          close();
          closed.countDown();
        });
    send(frame(1));
    sendInVain(frame(2));
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    await().atMost(SOON).until(() -> listener.states(Closed.class).size() == 1);
    assertThat(received).hasValue(1);
  }

  @Test
  void aReceiverThatFailsCostsThatFrameAlone() throws Exception {
    open(
        frame -> {
          receiver.receive(frame);
          if (receiver.frames().size() == 1) {
            throw new IllegalStateException("the receiver failed");
          }
        });
    send(frame(1));
    send(frame(2));
    awaitFrames(2);
    assertThat(listener.states(Lost.class)).isEmpty();
  }

  @Test
  void comesBackByItselfWhenItsConnectionBreaks() throws Exception {
    open(receiver);
    send(frame(1));
    awaitFrames(1);
    breakConnection();
    await().atMost(SOON).until(() -> listener.states(Open.class).size() == 2);
    send(frame(2));
    awaitFrames(2);
    assertThat(listener.states())
        .startsWith(new Connecting(1), new Open())
        .endsWith(new Connecting(1), new Open());
    assertThat(listener.states(Lost.class))
        .isNotEmpty()
        .allSatisfy(lost -> assertThat(lost.why()).isNotBlank())
        .allSatisfy(lost -> assertThat(lost.retryIn()).isGreaterThanOrEqualTo(Duration.ZERO));
  }

  private EventSource made() throws Exception {
    EventSource source = newSource();
    made = source;
    return source;
  }

  private EventSource open(FrameReceiver frames) throws Exception {
    EventSource source = made();
    source.start(frames, listener);
    await().atMost(SOON).until(() -> listener.states(Open.class).size() == 1);
    return source;
  }

  private void awaitFrames(int count) {
    await().atMost(SOON).until(() -> receiver.frames().size() >= count);
  }

  private void sendInVain(byte[] frame) {
    try {
      send(frame);
    } catch (Exception upstreamHasNobodyToSendTo) {
      // The source has hung up, which is what the test wants.
    }
  }

  private static byte[] frame(int n) {
    return ("{\"type\":\"summary\",\"n\":" + n + "}").getBytes(UTF_8);
  }
}
