package dev.tourmaline.adapter.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * One open response of server-sent events. Nothing here blocks: frames wait in a queue of bounded
 * size while the client takes what was written before, and a client that does not keep up is
 * disconnected.
 *
 * <p>To HTTP/1.1 the body goes in chunks, each write in one of its own, and after the last frame
 * that waits an empty comment goes in another: Jetty ends a chunk only with the next one's head,
 * and clients that read by whole chunks would get each frame with the one after it. Thread-safe.
 */
final class EventStream {

  private static final byte[] OPENING = Frames.comment("open");
  private static final byte[] END_OF_CHUNK = Frames.comment("");

  private final Response response;
  private final Callback callback;
  private final EndPoint endPoint;
  private final StreamSettings settings;
  private final Instant closesAt;
  private final Writer writer = new Writer();

  private final Object lock = new Object();
  private final Queue<Frame> queue = new ArrayDeque<>(4);
  private int queuedBytes;
  private boolean started;
  private boolean finishing;
  private boolean over;
  private boolean writing;
  private Instant lastWrite;
  private Runnable onClosed = () -> {};

  EventStream(
      Request request,
      Response response,
      Callback callback,
      StreamSettings settings,
      Instant closesAt) {
    this.response = response;
    this.callback = callback;
    this.settings = settings;
    this.closesAt = closesAt;
    this.lastWrite = settings.clock().instant();
    this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    request.addIdleTimeoutListener(timeout -> false);
  }

  private record Frame(byte[] bytes, Runnable written) {}

  /** Sends the response's head; frames sent before wait for it. */
  void start(Runnable onClosed) {
    // Whoever sends once it is started commits the response, so the head comes first.
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Frames.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("X-Accel-Buffering", "no");
    response.getHeaders().put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    boolean alreadyOver;
    synchronized (lock) {
      this.onClosed = onClosed;
      started = true;
      alreadyOver = over;
    }
    if (alreadyOver) {
      onClosed.run();
      return;
    }
    send(OPENING, () -> {});
    watchForDisconnect();
  }

  /**
   * Queues a frame.
   *
   * @param written called once they were handed to the network
   */
  void send(byte[] frame, Runnable written) {
    boolean tooSlow = false;
    synchronized (lock) {
      if (over || finishing) {
        return;
      }
      if (queuedBytes > 0 && queuedBytes + frame.length > settings.queueBytes()) {
        tooSlow = true;
      } else {
        queue.add(new Frame(frame, written));
        queuedBytes += frame.length;
      }
    }
    if (tooSlow) {
      disconnect("the client lags behind by more than " + settings.queueBytes() + " bytes");
    } else {
      iterate();
    }
  }

  /** Sends what waits, then ends the response. */
  void finish() {
    synchronized (lock) {
      finishing = true;
    }
    iterate();
  }

  /** Cuts the connection. */
  void disconnect(String why) {
    IOException cause = new IOException(why);
    endPoint.close(cause);
    writer.abort(cause);
  }

  /** Does what is due: the token's end, the heartbeat, the end of a stalled client. */
  void tick(Instant now) {
    Duration silence;
    boolean stalled;
    boolean ends;
    synchronized (lock) {
      if (over || !started) {
        return;
      }
      if (lastWrite.isAfter(now)) {
        lastWrite = now;
      }
      silence = Duration.between(lastWrite, now);
      stalled = writing && silence.compareTo(settings.stallAfter()) >= 0;
      ends = !now.isBefore(closesAt);
    }
    if (stalled) {
      disconnect("the client took nothing for " + silence.toSeconds() + " s");
    } else if (ends) {
      finish();
    } else if (silence.compareTo(settings.heartbeatEvery()) >= 0 && !isWriting()) {
      send(settings.heartbeat(), () -> {});
    }
  }

  private boolean isWriting() {
    synchronized (lock) {
      return writing;
    }
  }

  private void iterate() {
    synchronized (lock) {
      if (!started) {
        return;
      }
    }
    writer.iterate();
  }

  /**
   * Notices at once that the client closed the connection. Jetty reads nothing while a request is
   * handled, so without this a closed page would count as open until a heartbeat fails. The
   * response says {@code Connection: close}: what a client sends after its request is discarded.
   */
  private void watchForDisconnect() {
    endPoint.tryFillInterested(
        new Callback() {
          @Override
          public void succeeded() {
            try {
              if (endPoint.fill(BufferUtil.allocate(256)) < 0) {
                disconnect("the client closed the connection");
              } else {
                watchForDisconnect();
              }
            } catch (IOException e) {
              disconnect("the connection broke");
            }
          }

          @Override
          public void failed(Throwable cause) {
            disconnect("the connection broke");
          }

          @Override
          public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
          }
        });
  }

  private void closed() {
    Runnable listener;
    synchronized (lock) {
      if (over) {
        return;
      }
      over = true;
      queue.clear();
      queuedBytes = 0;
      listener = onClosed;
    }
    listener.run();
  }

  /** Writes all that waits as one buffer, and what makes a client see it, again and again. */
  private final class Writer extends IteratingCallback {

    private final List<Runnable> written = new ArrayList<>(2);
    private int inFlight;
    private boolean inOpenChunk;
    private boolean last;

    @Override
    protected Action process() {
      ByteBuffer buffer;
      synchronized (lock) {
        if (last) {
          return Action.SUCCEEDED;
        }
        if (queue.isEmpty() && !finishing && !inOpenChunk) {
          return Action.IDLE;
        }
        last = finishing && queue.isEmpty();
        inOpenChunk = !queue.isEmpty();
        buffer = inOpenChunk || last ? drain() : ByteBuffer.wrap(END_OF_CHUNK);
        writing = true;
        lastWrite = settings.clock().instant();
      }
      response.write(last, buffer, this);
      return Action.SCHEDULED;
    }

    private ByteBuffer drain() {
      inFlight = queuedBytes;
      ByteBuffer buffer = ByteBuffer.allocate(inFlight);
      for (Frame frame; (frame = queue.poll()) != null; ) {
        buffer.put(frame.bytes());
        written.add(frame.written());
      }
      return buffer.flip();
    }

    @Override
    protected void onSuccess() {
      synchronized (lock) {
        queuedBytes -= inFlight;
        inFlight = 0;
        writing = false;
      }
      written.forEach(Runnable::run);
      written.clear();
    }

    @Override
    protected void onCompleteSuccess() {
      closed();
      callback.succeeded();
    }

    @Override
    protected void onFailure(Throwable cause) {
      closed();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      closed();
      callback.failed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
