package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock stands still: what a client gets here, no later event or heartbeat has pushed out. */
class StreamInBlocksTest extends ServerFixture {

  private static final String PUBLISHER = "Authorization: Bearer publish-me";

  private final List<BlockReader> readers = new ArrayList<>();

  @AfterEach
  void close() {
    readers.forEach(BlockReader::close);
  }

  @Test
  void aClientThatReadsInBlocksGetsEachTriggerBeforeTheNext() {
    BlockReader browser = read(RawClient.head("GET " + path(SESSION), bearer(SESSION)));
    BlockReader server = read(RawClient.head("GET /stream/prod_abc", PUBLISHER));
    awaitGiven(browser, ": open\n\n");
    awaitGiven(server, ": open\n\n");

    for (String id : List.of("t1", "t2", "t3")) {
      deliver(trigger(id, SESSION));

      String frame = frame(id, SESSION);
      awaitGiven(browser, frame);
      awaitGiven(server, frame.substring(frame.indexOf('\n') + 1));
    }
  }

  @Test
  void aClientThatReadsInBlocksGetsTheHeartbeatWhenItIsSent() {
    BlockReader server = read(RawClient.head("GET /stream/prod_abc", PUBLISHER));
    awaitGiven(server, ": open\n\n");

    clock.advance(Duration.ofSeconds(30));

    await()
        .untilAsserted(
            () -> {
              sink.tick();
              assertThat(server.given()).contains("event: heartbeat\ndata:\n\n");
            });
  }

  @Test
  void aStreamInChunksEndsWithTheLastChunkAndItsConnection() {
    BlockReader client = read(RawClient.head("GET " + path(SESSION), bearer(SESSION)));
    awaitGiven(client, ": open\n\n");
    deliver(trigger("t1", SESSION));

    clock.advance(MINUTE);
    sink.tick();

    await().until(client::hasEnded);
    assertThat(client.given()).contains(frame("t1", SESSION));
    awaitStreams(0);
    await().until(() -> server.connections().count() == 0);
  }

  @Test
  void aRequestBehindAStreamsOwnIsNeverAnswered() {
    String stream = RawClient.head("GET " + path(SESSION), bearer(SESSION));
    RawClient client = drip(stream + RawClient.head("GET /nothing")).awaitOpen();
    client.send(RawClient.head("GET /nothing").repeat(100));
    deliver(trigger("t1", SESSION));
    client.awaitEvents(frame("t1", SESSION));

    clock.advance(MINUTE);
    sink.tick();

    client.awaitEnd();
    assertThat(client.body()).doesNotContain("HTTP/1.1");
  }

  @Test
  void toAnOldClientTheStreamEndsWithTheConnection() {
    String old = RawClient.head("GET " + path(SESSION), bearer(SESSION));
    RawClient client = drip(old.replace("HTTP/1.1", "HTTP/1.0")).awaitOpen();
    deliver(trigger("t1", SESSION));
    client.awaitEvents(frame("t1", SESSION));

    clock.advance(MINUTE);
    sink.tick();

    client.awaitEnd();
    assertThat(client.head()).doesNotContainIgnoringCase("transfer-encoding");
  }

  @Test
  void aClientThatAsksForACloseGetsChunksToo() {
    BlockReader client =
        read(RawClient.head("GET " + path(SESSION), bearer(SESSION), "Connection: close"));
    deliver(trigger("t1", SESSION));

    awaitGiven(client, frame("t1", SESSION));

    assertThat(client.head()).contains("transfer-encoding: chunked", "connection: close");
  }

  private BlockReader read(String request) {
    BlockReader reader = new BlockReader(server.port(), request);
    readers.add(reader);
    return reader;
  }

  private static void awaitGiven(BlockReader reader, String text) {
    await().untilAsserted(() -> assertThat(reader.given()).contains(text));
  }
}
