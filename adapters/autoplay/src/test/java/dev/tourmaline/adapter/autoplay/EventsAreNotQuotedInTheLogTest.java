package dev.tourmaline.adapter.autoplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.source.SourceState.Lost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsAreNotQuotedInTheLogTest {

  private static final String EVENT = "data: {\"email\": \"jane@example.com\"}\n\n";
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

  private final Harness harness = Harness.create();
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void readTheLog() {
    System.setErr(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void giveItBack() {
    harness.close();
    System.setErr(before);
  }

  @Test
  void whatExceedsAWrongContentLengthIsDropped() {
    MockResponse.Builder wrong = StreamServer.type("text/event-stream");
    wrong.body(new Buffer().writeUtf8(EVENT + EVENT)).setHeader("Content-Length", EVENT.length());
    harness.server.enqueue(wrong.build(), wrong.build());

    harness.allowPauses(10).start().awaitState(Lost.class, 2);

    assertThat(harness.listener.states(Lost.class))
        .extracting(Lost::why)
        .startsWith("the server ended the stream", "the server ended the stream");
    assertNothingIsQuoted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVENT,
        "HTTP/1.1 " + EVENT,
        HEAD + "Transfer-Encoding: chunked\r\n\r\n" + EVENT,
        HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n" + EVENT,
        HEAD + "Content-Encoding: gzip\r\n\r\n" + EVENT,
        HEAD + "Content-Length: 100000\r\n\r\n" + EVENT,
        HEAD + "Content-Length: " + EVENT,
        HEAD + EVENT + "\r\n"
      })
  void anAnswerThatBreaksHttpIsOneLostConnection(String answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(server, answer));
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/stream/prod_abc";
      harness.start(
          AutoplaySource.builder("prod_abc", url, Harness.TOKEN)
              .sleeper((closed, length) -> closed.await()));
      Awaitility.await().atMost(Harness.SOON).until(() -> !harness.listener.states().isEmpty());
      served.join();
      Awaitility.await().atMost(Harness.SOON).until(() -> harness.listener.states().size() > 1);
    }
    assertNothingIsQuoted();
  }

  @Test
  void aReceiverThatFailsOnAFrameMayQuoteIt() {
    harness.server.enqueue(StreamServer.whole(EVENT));
    harness.source = harness.builder().build();
    harness.source.start(
        frame -> {
          throw new IllegalArgumentException("what is " + new String(frame, UTF_8));
        },
        harness.listener);

    harness.awaitState(Lost.class);

    assertThat(log.toString(UTF_8)).contains("dropped a frame").contains("Exception");
    assertNothingIsQuoted();
  }

  private void assertNothingIsQuoted() {
    harness.source.close();
    assertThat(harness.listener.states().toString()).doesNotContain("jane", "email");
    assertThat(log.toString(UTF_8)).doesNotContain("jane", "email");
  }

  private static void answer(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      byte[] request = new byte[8192];
      assertThat(socket.getInputStream().read(request)).isPositive();
      socket.getOutputStream().write(answer.getBytes(UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
