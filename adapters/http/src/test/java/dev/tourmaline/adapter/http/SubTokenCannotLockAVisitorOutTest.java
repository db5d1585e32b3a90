package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Room for streams: each token's streams cost its own subject room, and servers have theirs. */
class SubTokenCannotLockAVisitorOutTest extends ServerFixture {

  private static final SessionKey OTHER = new SessionKey("prod_abc", "ps_2");
  private static final SessionKey THIRD = new SessionKey("prod_abc", "ps_3");
  private static final String SERVER = "Authorization: Bearer publish-me";

  @Test
  void aUsersStreamsOnAnotherSessionTakeNoneOfItsRoom() {
    serve(builder -> builder.maxStreamsPerSession(2));
    for (int i = 0; i < 16; i++) {
      get(path(SESSION), bearerOf("eve")).awaitOpen();
    }

    RawClient visitor = open(SESSION);

    deliver(trigger("t1", SESSION));
    visitor.awaitEvents(frame("t1", SESSION));
  }

  @Test
  void aUsersStreamsAreCountedTogetherOverAllSessions() {
    serve(builder -> builder.maxStreamsPerUser(2));
    get(path(SESSION), bearerOf("eve")).awaitOpen();
    RawClient second = get(path(OTHER), bearerOf("eve")).awaitOpen();

    RawClient third = get(path(THIRD), bearerOf("eve"));
    assertThat(third.head()).startsWith("HTTP/1.1 429").containsIgnoringCase("retry-after: 5");
    await()
        .until(
            () -> third.body().contains("\"this user has 2 streams open, it may not have more\""));
    get(path(SESSION), bearerOf("ada")).awaitOpen();

    second.close();
    awaitStreams(2);
    get(path(OTHER), bearerOf("eve")).awaitOpen();
  }

  @Test
  void aUserFillsNoServerWithStreams() {
    serve(builder -> builder.maxStreams(40));
    for (int i = 0; i < 32; i++) {
      get(path(new SessionKey("prod_abc", "random" + i)), bearerOf("eve")).awaitOpen();
    }

    assertThat(get(path(THIRD), bearerOf("eve")).head()).startsWith("HTTP/1.1 429");
    open(SESSION);
  }

  @Test
  void aSessionAndAUserOfOneNameAreTwo() {
    serve(builder -> builder.maxStreamsPerSession(1).maxStreamsPerUser(1));
    SessionKey ada = new SessionKey("prod_abc", "ada");

    get(path(ada), bearerOf("ada")).awaitOpen();
    open(ada);
    assertThat(get(path(ada), bearer(ada)).head()).startsWith("HTTP/1.1 429");
  }

  @Test
  void streamsAndTriggersThatAreGoneLeaveNothingBehind() {
    RawClient one = open(SESSION);
    RawClient other = get(path(OTHER), bearerOf("eve")).awaitOpen();
    deliver(trigger("t1", SESSION));
    one.awaitEvents(frame("t1", SESSION));
    assertThat(sink.triggers().isIdle()).isFalse();

    one.close();
    other.close();
    awaitStreams(0);
    clock.advance(Duration.ofSeconds(30));
    sink.tick();

    await().until(() -> sink.triggers().isIdle());
  }

  @Test
  void productStreamsThatAreGoneOrWereRefusedLeaveNothingBehind() {
    serve(builder -> builder.maxServerStreams(2));
    List<RawClient> open =
        List.of(
            get("/stream/prod_abc", SERVER).awaitOpen(),
            get("/stream/prod_xyz", SERVER).awaitOpen());
    assertThat(get("/stream/prod_abc", SERVER).head()).startsWith("HTTP/1.1 503");
    assertThat(get("/stream/prod_new", SERVER).head()).startsWith("HTTP/1.1 503");

    open.forEach(RawClient::close);

    await().until(() -> sink.streams().isIdle());
  }

  @Test
  void serversHaveRoomThatBrowsersCannotTakeUp() {
    serve(builder -> builder.maxStreams(2).maxServerStreams(1));
    open(SESSION);
    open(OTHER);
    assertThat(get(path(THIRD), bearer(THIRD)).head()).startsWith("HTTP/1.1 503");

    RawClient server = get("/stream/prod_abc", SERVER).awaitOpen();

    assertThat(get("/stream/prod_abc", SERVER).head()).startsWith("HTTP/1.1 503");
    server.close();
    awaitStreams(2);
    get("/stream/prod_abc", SERVER).awaitOpen();
  }

  @Test
  void whoOpensAStreamByAUsersTokenHasTheSessionVouchedFor() {
    open(SESSION);
    assertThat(engine.vouched).isEmpty();

    get(path(OTHER), bearerOf("ada")).awaitOpen();

    assertThat(engine.vouched).containsExactly("prod_abc/ps_2 is ada");
  }
}
