package dev.tourmaline.adapter.autoplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.source.SourceState.Lost;
import dev.tourmaline.engine.source.SourceState.Open;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives, byte for byte, from a real server. */
class AutoplaySourceStreamTest {

  private static final String ACTIONS = payload("actions.json");
  private static final String SUMMARY = payload("summary.json");
  private static final String TRIGGER = payload("usertour_trigger.json");

  private final Harness harness = Harness.create();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void asksForTheStreamWithTheTokenInItsHeader() throws Exception {
    harness.start().awaitState(Open.class);

    RecordedRequest request = harness.server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getTarget()).isEqualTo("/stream/prod_abc");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("text/event-stream");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Harness.TOKEN);
    assertThat(request.getHeaders().get("Last-Event-ID")).isNull();
  }

  @Test
  void handsOnTheDocumentedPayloadsAndNoHeartbeat() {
    String stream =
        "data: "
            + oneLine(ACTIONS)
            + "\n\ndata: "
            + oneLine(SUMMARY)
            + "\n\n"
            + "event: heartbeat\ndata:\n\n: keep-alive\n\n"
            + "data: "
            + oneLine(TRIGGER)
            + "\n\nevent: heartbeat\ndata: {}\n\n";
    harness.server.enqueue(StreamServer.whole(stream));

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames())
        .containsExactly(oneLine(ACTIONS), oneLine(SUMMARY), oneLine(TRIGGER));
    assertThat(harness.listener.dropped()).isEmpty();
  }

  @Test
  void handsOnAPayloadThatSpansLinesWithItsLineBreaks() {
    String stream = "data: " + ACTIONS.strip().replace("\n", "\r\ndata: ") + "\r\n\r\n";
    harness.server.enqueue(StreamServer.whole(stream));

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly(ACTIONS.strip());
  }

  @Test
  void handsOnAFrameWhateverItsEventIsCalled() {
    harness.server.enqueue(StreamServer.whole("event: actions\ndata: {}\n\n"));

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly("{}");
  }

  @ParameterizedTest
  @MethodSource("dev.tourmaline.adapter.autoplay.EventStreamFormatTest#cases")
  void handsOnTheFramesOfTheWebPlatformTests(EventStreamFormatTest.Case each) {
    harness.server.enqueue(StreamServer.whole(each.stream()));

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames())
        .isEqualTo(
            each.expected().stream()
                .map(Reading.Event::data)
                .filter(data -> !data.isBlank())
                .toList());
  }

  @Test
  void aStreamCutAtAnyByteOnTheWireGivesTheSameFrames() {
    byte[] bytes =
        "\uFEFFdata: {\"a\":\"\u2026\"}\r\n\r\n: c\rdata: {\"b\":1}\r\rdata: 3\n\n".getBytes(UTF_8);
    MockResponse[] cuts = new MockResponse[bytes.length - 1];
    for (int size = 1; size < bytes.length; size++) {
      cuts[size - 1] =
          StreamServer.type("text/event-stream")
              .chunkedBody(new Buffer().write(bytes), size)
              .build();
    }
    harness.server.enqueue(cuts);

    harness.allowPauses(cuts.length - 1).start().awaitState(Lost.class, cuts.length);

    List<String> frames = harness.receiver.frames();
    assertThat(frames).hasSize(3 * cuts.length);
    for (int i = 0; i < frames.size(); i += 3) {
      assertThat(frames.subList(i, i + 3)).containsExactly("{\"a\":\"\u2026\"}", "{\"b\":1}", "3");
    }
  }

  @Test
  void aFrameThatEndsInBareCrArrivesWithoutFurtherInput() {
    harness.start().awaitState(Open.class);

    harness.server.stream().write("data: {\"a\":1}\r\r");

    harness.awaitFrames("{\"a\":1}");
  }

  @Test
  void anUnterminatedFrameIsDroppedAtTheStreamsEnd() {
    harness.server.enqueue(StreamServer.whole("data: {\"a\":1}\n\ndata: {\"b\":2}\n"));

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly("{\"a\":1}");
  }

  @Test
  void anOverLongLineIsDroppedAndCountedAndTheStreamGoesOn() {
    Buffer body = new Buffer().writeUtf8("data: {\"a\":1}\n\ndata: \"");
    byte[] fill = new byte[1 << 16];
    Arrays.fill(fill, (byte) 'x');
    for (int i = 0; i < 512; i++) {
      body.write(fill);
    }
    body.writeUtf8("\"\n\ndata: {\"b\":2}\n\n");
    harness.server.enqueue(StreamServer.type("text/event-stream").body(body).build());

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(harness.listener.dropped()).containsExactly("over-long line");
    assertThat(harness.listener.states(Open.class)).hasSize(1);
  }

  @Test
  void aLineOfExactlyOneMebibyteFitsByDefault() {
    String frame = "\"" + "x".repeat((1 << 20) - "data:\"\"".length()) + "\"";
    harness.server.enqueue(StreamServer.whole("data:" + frame + "\n\ndata: " + frame + "\n\n"));

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly(frame);
    assertThat(harness.listener.dropped()).containsExactly("over-long line");
  }

  @Test
  void aCompressedStreamIsReadFrameByFrame() throws Exception {
    harness.server.enqueue(
        StreamServer.type("text/event-stream")
            .setHeader("Content-Encoding", "gzip")
            .body(gzip("data: {\"a\":1}\n\ndata: {\"b\":2}\r\r"))
            .build());

    harness.start().awaitState(Lost.class);

    assertThat(harness.receiver.frames()).containsExactly("{\"a\":1}", "{\"b\":2}");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsARedirectOnTheSameHostWithTheToken(int code) throws Exception {
    harness.server.enqueue(
        StreamServer.status(code)
            .newBuilder()
            .setHeader("Location", "/elsewhere/prod_abc")
            .build());

    harness.start().awaitState(Open.class);

    assertThat(harness.server.takeRequest().getTarget()).isEqualTo("/stream/prod_abc");
    RecordedRequest second = harness.server.takeRequest();
    assertThat(second.getTarget()).isEqualTo("/elsewhere/prod_abc");
    assertThat(second.getHeaders().get("Authorization")).isEqualTo("Bearer " + Harness.TOKEN);
  }

  @Test
  void aRedirectToAnotherHostDoesNotGetTheToken() throws Exception {
    try (StreamServer other = new StreamServer()) {
      harness.server.enqueue(
          StreamServer.status(302).newBuilder().setHeader("Location", other.url()).build());

      harness.start().awaitState(Open.class);

      assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
    }
  }

  private static Buffer gzip(String text) throws IOException {
    Buffer compressed = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(compressed))) {
      sink.writeUtf8(text);
    }
    return compressed;
  }

  private static String oneLine(String json) {
    return json.replaceAll("\n *", "");
  }

  private static String payload(String name) {
    try (InputStream in = AutoplaySourceStreamTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
