package dev.tourmaline.adapter.autoplay;

import dev.tourmaline.adapter.autoplay.ConnectionOutcome.Fatal;
import dev.tourmaline.adapter.autoplay.ConnectionOutcome.Retry;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the event stream of one product from the Autoplay connector, over server-sent events.
 *
 * <p>Frames are handed on as they come, whatever they hold; heartbeats only show that the stream is
 * alive. A stream that ends, fails or falls silent is connected again, after a wait that grows from
 * attempt to attempt and honours {@code retry:} and {@code Retry-After}. The connector replays
 * nothing: what it sends between {@link SourceState.Lost} and {@link SourceState.Open} is lost.
 *
 * <p>The statuses 408, 425, 429 and 5xx are tried again. All other refusals are {@link
 * SourceState.Fatal}, with advice; so is an answer that is no event stream. After that the source
 * does nothing more than wait to be closed.
 *
 * <p>One thread does all the work. It blocks while the receiver blocks, so the connector is held
 * back by TCP. Thread-safe. The token appears in no message and not in {@link #toString()}.
 */
public final class AutoplaySource implements EventSource {

  private static final Logger LOG = LoggerFactory.getLogger(AutoplaySource.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final String REFUSED_FRAME = "frame the receiver failed on";

  private final AutoplayConfig config;
  private final OkHttpClient client;
  private final ThrottledLog log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Instant lastReceived;

  /** Guards the fields below, and that no state is told after {@code Closed}. */
  private final Object lock = new Object();

  private @Nullable Thread thread;
  private @Nullable StreamConnection connection;
  private @Nullable SourceListener listener;
  private boolean closedTold;

  /** Touched by the source's thread alone. */
  private final ReconnectionState reconnection = new ReconnectionState();

  private final Backoff backoff;
  private int attempt;

  AutoplaySource(AutoplayConfig config) {
    this.config = config;
    this.log = new ThrottledLog(LOG, config.clock());
    this.backoff = new Backoff(config.firstBackoff(), config.longestBackoff(), config.random());
    this.client =
        config
            .client()
            .newBuilder()
            .connectTimeout(config.connectTimeout())
            .readTimeout(config.silence())
            .callTimeout(Duration.ZERO)
            // What an answer left unread must not be taken for the beginning of the next.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .addNetworkInterceptor(StreamResponse::withRetryAfterForUs)
            .build();
  }

  /**
   * {@return a builder for the stream of a product}
   *
   * @param productId the connector's product id
   * @param url the stream's address, such as {@code https://host/stream/prod_abc}
   * @param token the stream token, the {@code unkey_key} of registration
   */
  public static AutoplaySourceBuilder builder(String productId, String url, String token) {
    return new AutoplaySourceBuilder(productId, url, () -> token);
  }

  /**
   * {@return a builder for the stream of a product whose token may change}
   *
   * @param productId the connector's product id
   * @param url the stream's address, such as {@code https://host/stream/prod_abc}
   * @param token asked for the stream token before each connection
   */
  public static AutoplaySourceBuilder builder(
      String productId, String url, Supplier<String> token) {
    return new AutoplaySourceBuilder(productId, url, token);
  }

  @Override
  public String name() {
    return "autoplay:" + config.productId();
  }

  @Override
  public String productId() {
    return config.productId();
  }

  /** {@return when bytes last arrived, be it a heartbeat; empty if none ever did} */
  public Optional<Instant> lastReceived() {
    return Optional.ofNullable(lastReceived);
  }

  @Override
  public void start(FrameReceiver frames, SourceListener listener) {
    synchronized (lock) {
      if (isClosed()) {
        throw new IllegalStateException("source " + name() + " was closed and cannot be started");
      }
      if (thread != null) {
        throw new IllegalStateException("source " + name() + " was started before");
      }
      this.listener = listener;
      thread = config.threads().newThread(() -> run(new Work(frames, listener)));
      thread.start();
    }
  }

  @Override
  public void close() {
    Thread worker;
    synchronized (lock) {
      closed.countDown();
      worker = thread;
      if (connection != null) {
        connection.cancel();
      }
    }
    if (worker != null && worker != Thread.currentThread()) {
      worker.interrupt();
      awaitEnd(worker);
    }
    synchronized (lock) {
      if (!closedTold && listener != null) {
        tell(new SourceState.Closed());
      }
      closedTold = true;
    }
    client.connectionPool().evictAll();
  }

  @Override
  public String toString() {
    return "AutoplaySource["
        + config.productId()
        + " at "
        + StreamResponse.shown(config.url())
        + "]";
  }

  /** A name lookup cannot be interrupted, so the wait has an end; nothing is delivered after it. */
  private void awaitEnd(Thread worker) {
    try {
      worker.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run(Work work) {
    try {
      while (!isClosed()) {
        attempt++;
        work.enter(new SourceState.Connecting(attempt));
        ConnectionOutcome outcome = connectOnce(work);
        if (isClosed()) {
          return;
        }
        if (outcome instanceof Fatal fatal) {
          work.enter(new SourceState.Fatal(fatal.why(), fatal.advice()));
          return;
        }
        Retry again = (Retry) outcome;
        Duration asked = reconnection.reconnectAfter();
        Duration wait =
            backoff.next(asked.compareTo(again.retryAfter()) > 0 ? asked : again.retryAfter());
        work.enter(new SourceState.Lost(again.why(), wait, again.silent()));
        config.sleeper().sleep(closed, wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (!isClosed()) {
        work.enter(
            new SourceState.Fatal(
                "the source's thread was interrupted", "Close the source and make a new one."));
      }
    }
  }

  private ConnectionOutcome connectOnce(Work work) {
    StreamConnection current = new StreamConnection(config, client, reconnection, work);
    synchronized (lock) {
      connection = current;
      if (isClosed()) {
        current.cancel();
      }
    }
    try {
      return current.run();
    } catch (RuntimeException | Error e) {
      // The outermost guard of the source's thread: whatever goes wrong is one lost connection.
      log.error(
          "lost connections",
          "source {} failed and will connect again",
          name(),
          ConnectionFault.withoutMessage(e));
      return new Retry("unexpected " + e.getClass().getName());
    }
  }

  private void tell(SourceState state) {
    SourceListener told = listener;
    if (told == null) {
      return;
    }
    try {
      told.stateChanged(this, state);
    } catch (RuntimeException | Error e) {
      log.warn(
          "failures of the listener", "the listener of source {} failed on {}", name(), state, e);
    }
  }

  /** What the source's thread does with what a connection brings. */
  private final class Work implements StreamConnection.Events {

    private final FrameReceiver frames;
    private final SourceListener drops;

    Work(FrameReceiver frames, SourceListener drops) {
      this.frames = frames;
      this.drops = drops;
    }

    void enter(SourceState state) {
      synchronized (lock) {
        if (!isClosed()) {
          tell(state);
        }
      }
    }

    @Override
    public void opened() {
      attempt = 0;
      enter(new SourceState.Open());
    }

    @Override
    public void alive() {
      backoff.reset();
    }

    @Override
    public void received() {
      lastReceived = config.clock().instant();
    }

    @Override
    public void frame(byte[] utf8) {
      if (isClosed()) {
        return;
      }
      try {
        frames.receive(utf8);
      } catch (RuntimeException e) {
        if (!isClosed()) {
          log.warn(
              "dropped frames",
              "source {} dropped a frame that its receiver failed on",
              name(),
              ConnectionFault.withoutMessage(e));
          dropped(REFUSED_FRAME);
        }
      }
    }

    @Override
    public void dropped(String what) {
      if (isClosed()) {
        return;
      }
      try {
        drops.dropped(AutoplaySource.this, what);
      } catch (RuntimeException e) {
        log.warn(
            "failures of the listener",
            "the listener of source {} failed on a dropped event",
            name(),
            e);
      }
    }
  }
}
