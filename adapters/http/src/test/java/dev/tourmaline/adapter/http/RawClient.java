package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** A client that is nothing but a socket: tests see every byte that came, and when it ended. */
final class RawClient implements AutoCloseable {

  static {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    Awaitility.setDefaultTimeout(Duration.ofSeconds(10));
  }

  private static final String END_OF_CHUNK = ":\n\n";

  private final Socket socket = new Socket();
  private final StringBuffer received = new StringBuffer();
  private volatile boolean ended;

  private RawClient(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Sends a GET and reads on. */
  static RawClient get(int port, String path, String... headers) {
    RawClient client = deaf(port, 0, path, headers);
    client.startReading();
    return client;
  }

  /** Connects, sends nothing yet, and reads on. */
  static RawClient connect(int port) {
    RawClient client = connect(port, 0);
    client.startReading();
    return client;
  }

  private static RawClient connect(int port, int receiveBuffer) {
    try {
      return new RawClient(port, receiveBuffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startReading() {
    Thread reader = new Thread(this::readAll, "raw-client");
    reader.setDaemon(true);
    reader.start();
  }

  /** Sends a GET and never reads. */
  static RawClient deaf(int port, int receiveBuffer, String path, String... headers) {
    return connect(port, receiveBuffer).send(head("GET " + path, headers));
  }

  /** {@return the head of a request, such as of "GET /path"} */
  static String head(String call, String... headers) {
    return call
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList())
        + "\r\n";
  }

  RawClient send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAll() {
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[4096];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        received.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // A cut connection is an end too.
    }
    ended = true;
  }

  /** {@return the response's head, once it is there} */
  String head() {
    await().until(() -> received.indexOf("\r\n\r\n") >= 0);
    return received.substring(0, received.indexOf("\r\n\r\n"));
  }

  /** {@return what came after the head so far, without the bounds of chunks and what ends them} */
  String body() {
    String head = head().toLowerCase(Locale.ROOT);
    String body = received.substring(head.length() + 4);
    String text = head.contains("transfer-encoding: chunked") ? unchunked(body) : body;
    return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String unchunked(String body) {
    StringBuilder text = new StringBuilder();
    for (int at = 0, start; (start = body.indexOf("\r\n", at) + 2) > 1; ) {
      int end = start + Integer.parseInt(body.substring(at, start - 2), 16);
      String chunk = body.substring(start, Math.min(end, body.length()));
      text.append(chunk.equals(END_OF_CHUNK) ? "" : chunk);
      at = end + 2;
      if (at > body.length()) {
        break;
      }
    }
    return text.toString();
  }

  /** {@return the body without the comments and the terms of tours} */
  String events() {
    return body().replaceAll("(?m)^:.*\n\n|^terms: .*\n", "");
  }

  RawClient awaitOpen() {
    await().untilAsserted(() -> assertThat(received.toString()).contains(": open\n\n"));
    return this;
  }

  void awaitEvents(String expected) {
    await().untilAsserted(() -> assertThat(events()).isEqualTo(expected));
  }

  /** Waits for a body that needs the clock to be looked at once the writes before are over. */
  void awaitBody(String expected, Runnable tick) {
    await()
        .untilAsserted(
            () -> {
              tick.run();
              assertThat(body()).isEqualTo(expected);
            });
  }

  void awaitEnd() {
    await().until(() -> ended);
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
