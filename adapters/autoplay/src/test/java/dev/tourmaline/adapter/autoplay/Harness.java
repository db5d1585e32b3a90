package dev.tourmaline.adapter.autoplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.adapter.contract.RecordingListener;
import dev.tourmaline.adapter.contract.RecordingReceiver;
import dev.tourmaline.engine.source.SourceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A source, the connector it reads from, and what it tells. Waits between attempts are recorded and
 * take no time, but only as many pass as a test lets through.
 */
final class Harness implements AutoCloseable {

  static final String TOKEN = "uk_live_0123456789";
  static final Duration SOON = Duration.ofSeconds(10);

  final StreamServer server = new StreamServer();
  final RecordingReceiver receiver = new RecordingReceiver();
  final RecordingListener listener = new RecordingListener();
  final FakeClock clock = FakeClock.create();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final Semaphore pausesAllowed = new Semaphore(0);
  final List<Thread> threads = new CopyOnWriteArrayList<>();
  AutoplaySource source;

  private Harness() throws IOException {}

  static Harness create() {
    try {
      return new Harness();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No jitter at all: every wait is what the server asked for. */
  static RandomGenerator noJitter() {
    return () -> 0L;
  }

  AutoplaySourceBuilder builder() {
    return AutoplaySource.builder("prod_abc", server.url(), TOKEN)
        .clock(clock)
        .random(noJitter())
        .threads(
            task -> {
              Thread thread = new Thread(task, "source-under-test");
              threads.add(thread);
              return thread;
            })
        .sleeper(
            (closed, length) -> {
              pauses.add(length);
              pausesAllowed.acquire();
            });
  }

  Harness start() {
    return start(builder());
  }

  Harness start(AutoplaySourceBuilder builder) {
    source = builder.build();
    source.start(receiver, listener);
    return this;
  }

  Harness startWith(Consumer<AutoplaySourceBuilder> settings) {
    AutoplaySourceBuilder builder = builder();
    settings.accept(builder);
    return start(builder);
  }

  Harness allowPauses(int count) {
    pausesAllowed.release(count);
    return this;
  }

  void awaitFrames(String... frames) {
    await().atMost(SOON).untilAsserted(() -> assertThat(receiver.frames()).containsExactly(frames));
  }

  /** The newest state of a kind, once there are that many. */
  <S extends SourceState> S awaitState(Class<S> kind, int count) {
    await().atMost(SOON).until(() -> listener.states(kind).size() >= count);
    return listener.states(kind).get(count - 1);
  }

  <S extends SourceState> S awaitState(Class<S> kind) {
    return awaitState(kind, 1);
  }

  @Override
  public void close() {
    receiver.release();
    if (source != null) {
      source.close();
    }
    server.close();
  }
}
