package dev.tourmaline.storefront;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Stands in for the Autoplay connector: takes a product's actions, batches them into {@code
 * actions} frames and streams them to whoever holds the bearer token, on a loopback port of its
 * own. Like the real one it sends every user's events to every subscriber, replays nothing, and
 * lets a subscriber that is 256 events behind lose events. Thread-safe.
 */
public final class ConnectorSimulator implements AutoCloseable {

  /** How many events may wait for one subscriber. */
  static final int SUBSCRIBER_CAPACITY = 256;

  private static final byte[] HEARTBEAT =
      "event: heartbeat\ndata:\n\n".getBytes(StandardCharsets.UTF_8);

  private final String productId;
  private final byte[] authorization;
  private final Duration heartbeat;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final ActionBatches batches;
  private final Server server;
  private final Set<StreamSubscriber> subscribers = ConcurrentHashMap.newKeySet();

  private ConnectorSimulator(Builder b) {
    productId = b.productId;
    authorization = ("Bearer " + b.token).getBytes(StandardCharsets.UTF_8);
    heartbeat = b.heartbeat;
    clock = b.clock;
    scheduler = b.scheduler.orElseGet(() -> Scheduler.onOneThread("connector-simulator"));
    batches = new ActionBatches(productId, b.batchWindow, clock, scheduler, this::publish);
    QueuedThreadPool threads = new QueuedThreadPool(16, 2);
    threads.setName("connector-http");
    threads.setDaemon(true);
    server = new Server(threads);
  }

  public static Builder builder(String productId, String token) {
    return new Builder(productId, token);
  }

  private ConnectorSimulator start(int port) {
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(0);
    server.addConnector(connector);
    server.setHandler(new StreamHandler());
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException(
          "the connector simulator cannot listen on 127.0.0.1:%d: %s"
              .formatted(port, e.getMessage()),
          e);
    }
    scheduleHeartbeat();
    return this;
  }

  /** {@return where the product's events are streamed} */
  public URI streamUrl() {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://127.0.0.1:%d/stream/%s".formatted(port, productId));
  }

  /** Takes an action in; it is forwarded with others of its session within the batch window. */
  public void collect(CapturedAction action) {
    batches.add(action);
  }

  /** Sends a summary, as the connector's language model would write it. */
  public void summarise(String sessionId, String summary, int replaces) {
    publish(WireFrames.summary(productId, sessionId, summary, replaces, clock.instant()));
  }

  /** Sends a {@code usertour_trigger}, as if another system had started a tour. */
  public void trigger(String sessionId, String flowId) {
    publish(WireFrames.trigger(productId, sessionId, flowId));
  }

  /** {@return how many event streams are open} */
  public int subscribers() {
    return subscribers.size();
  }

  /** {@return how many events the open streams have lost for being too far behind} */
  public long lost() {
    return subscribers.stream().mapToLong(StreamSubscriber::lost).sum();
  }

  private void publish(byte[] json) {
    ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 8);
    event.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
    event.writeBytes(json);
    event.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    broadcast(event.toByteArray());
  }

  private void broadcast(byte[] event) {
    subscribers.forEach(subscriber -> subscriber.send(event));
  }

  private void scheduleHeartbeat() {
    scheduler.after(
        heartbeat,
        () -> {
          broadcast(HEARTBEAT);
          scheduleHeartbeat();
        });
  }

  /** Ends all streams and stops. Calling it again does nothing. */
  @Override
  public void close() {
    scheduler.close();
    subscribers.forEach(StreamSubscriber::end);
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the connector simulator did not stop", e);
    }
  }

  /** Serves {@code GET /stream/{product_id}}; there is nothing else. */
  private final class StreamHandler extends Handler.Abstract.NonBlocking {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = Request.getPathInContext(request);
      if (!request.getMethod().equals("GET") || !path.startsWith("/stream/")) {
        refuse(response, callback, HttpStatus.NOT_FOUND_404, "no such endpoint");
      } else if (!authorized(request)) {
        refuse(response, callback, HttpStatus.UNAUTHORIZED_401, "invalid token");
      } else if (!path.equals("/stream/" + productId)) {
        refuse(response, callback, HttpStatus.NOT_FOUND_404, "unknown product");
      } else {
        open(request, response, callback);
      }
      return true;
    }

    private boolean authorized(Request request) {
      String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
      return header != null
          && MessageDigest.isEqual(header.getBytes(StandardCharsets.UTF_8), authorization);
    }

    private void open(Request request, Response response, Callback callback) {
      response.setStatus(HttpStatus.OK_200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
      Callback.Completable ended = new Callback.Completable();
      StreamSubscriber subscriber = new StreamSubscriber(response, ended, SUBSCRIBER_CAPACITY);
      ended.whenComplete(
          (nothing, failure) -> {
            subscribers.remove(subscriber);
            if (failure == null) {
              callback.succeeded();
            } else {
              callback.failed(failure);
            }
          });
      request.addFailureListener(subscriber::abort);
      // The headers leave at once, then the subscriber counts: it misses nothing from then on.
      response.write(
          false, null, Callback.from(() -> subscribers.add(subscriber), subscriber::abort));
    }

    private void refuse(Response response, Callback callback, int status, String error) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      Content.Sink.write(response, true, "{\"detail\":\"" + error + "\"}", callback);
    }
  }

  /** Builds a {@link ConnectorSimulator}. Not thread-safe. */
  public static final class Builder {

    private final String productId;
    private final String token;
    private InstantSource clock = InstantSource.system();
    private Optional<Scheduler> scheduler = Optional.empty();
    private Duration batchWindow = Duration.ofSeconds(1);
    private Duration heartbeat = Duration.ofSeconds(30);

    private Builder(String productId, String token) {
      this.productId = Objects.requireNonNull(productId, "productId");
      this.token = Objects.requireNonNull(token, "token");
    }

    Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    Builder scheduler(Scheduler scheduler) {
      this.scheduler = Optional.of(scheduler);
      return this;
    }

    /**
     * {@return this builder, with the time for which a session's actions are gathered}
     *
     * @param batchWindow from the first action of a batch; default 1 s
     */
    public Builder batchWindow(Duration batchWindow) {
      this.batchWindow = batchWindow;
      return this;
    }

    /**
     * {@return this builder, with the time between heartbeats}
     *
     * @param heartbeat default 30 s
     */
    public Builder heartbeat(Duration heartbeat) {
      this.heartbeat = heartbeat;
      return this;
    }

    /**
     * {@return the simulator, listening}
     *
     * @param port the loopback port, 0 for any
     * @throws IllegalStateException if it cannot listen there
     */
    public ConnectorSimulator start(int port) {
      return new ConnectorSimulator(this).start(port);
    }
  }
}
