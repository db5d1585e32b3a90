package dev.tourmaline.adapter.autoplay;

import dev.tourmaline.adapter.autoplay.ConnectionOutcome.Fatal;
import dev.tourmaline.adapter.autoplay.ConnectionOutcome.Retry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection to the event stream: requests it and reads it to its end. Only {@link
 * #cancel} may be called from another thread.
 */
final class StreamConnection {

  /** What a connection tells the source that it works for, on its thread. */
  interface Events {

    /** The stream is open. */
    void opened();

    /** An event arrived, be it a heartbeat: the stream works. */
    void alive();

    /** Bytes arrived. */
    void received();

    /** A frame arrived. */
    void frame(byte[] utf8);

    /** Something too long was dropped. */
    void dropped(String what);
  }

  private static final Logger log = LoggerFactory.getLogger(StreamConnection.class);
  private static final MediaType EVENT_STREAM = MediaType.get("text/event-stream");
  private static final String HEARTBEAT = "heartbeat";

  private final AutoplayConfig config;
  private final ReconnectionState reconnection;
  private final Events events;
  private final OkHttpClient client;
  private volatile @Nullable Call call;
  private volatile boolean cancelled;

  StreamConnection(
      AutoplayConfig config, OkHttpClient client, ReconnectionState reconnection, Events events) {
    this.config = config;
    this.client = client;
    this.reconnection = reconnection;
    this.events = events;
  }

  /** Connects, reads until the stream ends one way or another, and says how it ended. */
  ConnectionOutcome run() {
    String token;
    try {
      token = config.token().get().strip();
    } catch (RuntimeException e) {
      log.warn("the supplier of the stream token failed: {}", e.getClass().getName());
      return new Retry("the stream token cannot be read: " + e.getClass().getSimpleName());
    }
    Optional<ConnectionOutcome> unusable = checkToken(token);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    Call current = client.newCall(request(token));
    call = current;
    if (cancelled) {
      current.cancel();
    }
    reconnection.connectionBegins();
    try (Response response = current.execute()) {
      return StreamResponse.refusal(response, config.productId(), config.clock().instant())
          .orElseGet(() -> read(response));
    } catch (IOException e) {
      return new Retry(ConnectionFault.explain(e, config, "no answer within "));
    }
  }

  /** Ends the connection; {@link #run} returns soon after. */
  void cancel() {
    cancelled = true;
    Call current = call;
    if (current != null) {
      current.cancel();
    }
  }

  private Request request(String token) {
    Headers.Builder headers = new Headers.Builder();
    headers.add("Accept", "text/event-stream");
    headers.add("Cache-Control", "no-cache");
    headers.add("Authorization", "Bearer " + token);
    if (!reconnection.lastEventId().isEmpty()) {
      headers.addUnsafeNonAscii("Last-Event-ID", reconnection.lastEventId());
    }
    return new Request.Builder().url(config.url()).headers(headers.build()).build();
  }

  private static Optional<ConnectionOutcome> checkToken(String token) {
    if (token.isEmpty()) {
      return Optional.of(
          new Fatal(
              "the stream token is empty",
              "Set the stream token, the unkey_key that registration printed (usually in"
                  + " AUTOPLAY_APP_UNKEY_TOKEN)."));
    }
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
        return Optional.of(
            new Fatal(
                "the stream token holds a character that no header can carry, at position "
                    + (i + 1),
                "Check the stream token: it is one word of printable ASCII characters."));
      }
    }
    return Optional.empty();
  }

  private ConnectionOutcome read(Response response) {
    NormalisedSource normalised =
        new NormalisedSource(
            response.body().source(),
            config.maxEventBytes(),
            reconnection,
            events::dropped,
            events::received);
    Response prepared =
        response
            .newBuilder()
            .body(ResponseBody.create(Okio.buffer(normalised), EVENT_STREAM, -1))
            .build();
    Reader reader = new Reader();
    EventSources.processResponse(prepared, reader);
    return reader.outcome;
  }

  /** Takes what okhttp-sse read. */
  private final class Reader extends EventSourceListener {

    private ConnectionOutcome outcome = new Retry("the server ended the stream");

    @Override
    public void onOpen(EventSource eventSource, Response response) {
      events.opened();
    }

    @Override
    public void onEvent(
        EventSource eventSource, @Nullable String id, @Nullable String type, String data) {
      if (cancelled) {
        eventSource.cancel();
        return;
      }
      events.alive();
      if (!HEARTBEAT.equals(type) && !data.isBlank()) {
        events.frame(data.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void onFailure(
        EventSource eventSource, @Nullable Throwable fault, @Nullable Response response) {
      String why =
          fault == null
              ? "the stream failed"
              : ConnectionFault.explain(fault, config, "no byte for ");
      Duration silent = fault instanceof SocketTimeoutException ? config.silence() : Duration.ZERO;
      outcome = new Retry(why, Duration.ZERO, silent);
    }
  }
}
