package dev.tourmaline.adapter.autoplay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;

/**
 * A connector on loopback. It answers with what was enqueued; when that is used up, with a live
 * stream that the test writes to.
 */
final class StreamServer implements AutoCloseable {

  static final String PATH = "/stream/prod_abc";

  private final MockWebServer server = new MockWebServer();
  private final BlockingQueue<MockResponse> prepared = new LinkedBlockingQueue<>();
  private final List<Live> lives = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  StreamServer() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            MockResponse next = prepared.poll();
            return next == null ? live() : next;
          }
        });
    server.start();
  }

  String url() {
    return server.url(PATH).toString();
  }

  String url(String path) {
    return server.url(path).toString();
  }

  /** The next requests are answered with these, in order. */
  StreamServer enqueue(MockResponse... responses) {
    prepared.addAll(List.of(responses));
    return this;
  }

  int requests() {
    return server.getRequestCount();
  }

  RecordedRequest takeRequest() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came within ten seconds");
    }
    return request;
  }

  /** The newest live stream. */
  Live stream() {
    return lives.get(lives.size() - 1);
  }

  /** A whole stream, closed by the server after its last byte. */
  static MockResponse whole(byte[] bytes) {
    return type("text/event-stream").body(new Buffer().write(bytes)).build();
  }

  static MockResponse whole(String text) {
    return whole(text.getBytes(UTF_8));
  }

  static MockResponse.Builder type(String contentType) {
    return new MockResponse.Builder().code(200).setHeader("Content-Type", contentType);
  }

  static MockResponse status(int code) {
    return new MockResponse.Builder().code(code).build();
  }

  private MockResponse live() {
    Live live = new Live();
    lives.add(live);
    if (closed) {
      // Its request came while the server was being closed.
      live.end();
    }
    return type("text/event-stream")
        .body(live)
        .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
        .build();
  }

  @Override
  public void close() {
    closed = true;
    lives.forEach(Live::end);
    server.close();
  }

  /** One open stream. */
  static final class Live implements MockResponseBody {

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> toWrite = new LinkedBlockingQueue<>();

    void write(byte[] bytes) {
      if (bytes.length > 0) {
        toWrite.add(bytes);
      }
    }

    void write(String text) {
      write(text.getBytes(UTF_8));
    }

    /** Closes the stream. */
    void end() {
      toWrite.add(END);
    }

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try {
        sink.flush();
        for (byte[] next = toWrite.take(); next != END; next = toWrite.take()) {
          sink.write(next);
          sink.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
