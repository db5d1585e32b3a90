package dev.tourmaline.fuzz;

import dev.tourmaline.adapter.http.BrowserSink;
import dev.tourmaline.adapter.http.SessionTokens;
import dev.tourmaline.adapter.http.TourServer;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * The bytes of HTTP requests: each connection is answered or ended at once when its client has
 * nothing more to say, never with a fault of the server itself, and the next client is served. In
 * the place of {@code TOKEN} stands a session's token, in that of {@code PUBLISH} a server's.
 */
public final class HttpTarget {

  private static final String PUBLISH = "publish-me-publish-me";
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOST_BYTES = 64 * 1024;
  private static final int TRIES = 10;
  private static final BrowserSink SINK = BrowserSink.builder().build();
  private static final TourEngine ENGINE =
      TourEngine.builder(RuleSet.empty()).sink(SINK).lanes(1).build();
  private static final SessionTokens TOKENS =
      SessionTokens.builder().secret("0123456789abcdef0123456789abcdef").build();
  private static final SessionKey SESSION = new SessionKey("prod_abc", "ps_1");
  private static final TourServer SERVER =
      TourServer.builder(ENGINE, SINK, TOKENS).port(0).publishToken(PUBLISH).build().start();
  private static final byte[] GOOD =
      "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private HttpTarget() {}

  /** Does what takes long at first. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput("GET".getBytes(StandardCharsets.US_ASCII));
  }

  /** Holds an input to the property. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > MOST_BYTES) {
      return;
    }
    String token = TOKENS.issueForSession(SESSION, Duration.ofMinutes(1));
    byte[] request = Bytes.replace(Bytes.replace(input, "TOKEN", token), "PUBLISH", PUBLISH);
    String answer = exchange(request);
    if (!answer.isEmpty()
        && !answer.matches("(?s)HTTP/1\\.[01] [1-4]\\d\\d.*|HTTP/1.1 50[35] .*")) {
      throw new IllegalStateException("answered " + answer);
    }
    // A connection may still take the place of a client that has just been reset.
    String next = "";
    for (int tries = 0; tries < TRIES && !next.startsWith("HTTP/1.1 404 "); tries++) {
      next = exchange(GOOD);
    }
    if (!next.startsWith("HTTP/1.1 404 ")) {
      throw new IllegalStateException("the next client was not served, but told '" + next + "'");
    }
  }

  /** {@return the answer's first bytes; empty if there is none} */
  private static String exchange(byte[] request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      // Closed by a reset: thousands of ports a minute would else wait for stragglers.
      socket.setSoLinger(true, 0);
      return answer(socket, request);
    } catch (SocketTimeoutException e) {
      throw new IllegalStateException("neither answered nor ended", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the server cannot be reached", e);
    }
  }

  private static String answer(Socket socket, byte[] request) throws SocketTimeoutException {
    byte[] head = new byte[256];
    int read = 0;
    try {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      for (int n; read < 16 && (n = in.read(head, read, head.length - read)) > 0; ) {
        read += n;
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // The server ended the connection while there was more to say.
    }
    return new String(Arrays.copyOf(head, read), StandardCharsets.ISO_8859_1);
  }
}
