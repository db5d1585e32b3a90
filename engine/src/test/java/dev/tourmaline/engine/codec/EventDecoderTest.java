package dev.tourmaline.engine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.DecodeResult.Ignored;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {

  private final EventDecoder decoder = EventDecoder.create();

  @Test
  void readsEveryFieldOfTheDocumentedBatch() {
    UiAction pageview =
        UiAction.builder("pageview")
            .index(0)
            .title("Page Load: Dashboard")
            .description("User landed on the dashboard page")
            .start(Instant.parse("2023-11-14T22:13:20Z"))
            .end(Instant.parse("2023-11-14T22:13:25.200Z"))
            .rawUrl("https://app.example.com/dashboard?ref=email")
            .canonicalUrl("https://app.example.com/dashboard")
            .sessionId("ps_abc123")
            .userId("distinct_id_xyz")
            .email("user@example.com")
            .build();
    UiAction export =
        UiAction.builder("click")
            .index(1)
            .title("Click Export CSV button")
            .description("User clicked Export CSV button on the dashboard page")
            .start(Instant.parse("2023-11-14T22:13:25.200Z"))
            .end(Instant.parse("2023-11-14T22:13:32.800Z"))
            .url("https://app.example.com/dashboard")
            .sessionId("ps_abc123")
            .userId("distinct_id_xyz")
            .email("user@example.com")
            .build();
    UiAction billing =
        UiAction.builder("click")
            .index(2)
            .title("Click billing settings link")
            .description("User clicked billing settings link on the settings page")
            .start(Instant.parse("2023-11-14T22:13:32.800Z"))
            .end(Instant.parse("2023-11-14T22:13:32.800Z"))
            .url("https://app.example.com/settings/billing")
            .sessionId("ps_abc123")
            .userId("distinct_id_xyz")
            .email("user@example.com")
            .build();

    assertThat(decoder.decode(Frames.ACTIONS))
        .isEqualTo(
            new Decoded(
                new ActionsEvent(
                    "prod_abc",
                    "ps_abc123",
                    "distinct_id_xyz",
                    "user@example.com",
                    "",
                    Instant.parse("2023-11-14T22:13:20Z"),
                    List.of(pageview, export, billing)),
                List.of(),
                false));
  }

  @Test
  void readsEveryFieldOfTheDocumentedSummary() {
    assertThat(event(new String(Frames.SUMMARY, UTF_8)))
        .isEqualTo(
            new SummaryEvent(
                "prod_abc",
                "ps_abc123",
                "",
                "The user navigated to the Dashboard, exported a CSV report, then opened account"
                    + " settings to update their billing plan.",
                12,
                Instant.parse("2023-11-14T22:14:20Z")));
  }

  @Test
  void readsEveryFieldOfTheDocumentedTrigger() {
    assertThat(event(new String(Frames.TRIGGER, UTF_8)))
        .isEqualTo(
            new TriggerEvent("prod_123...", "posthog_session_888...", "", "tour_abc_789", ""));
  }

  @Test
  void readsTheLongerFormOfATrigger() {
    assertThat(
            event(
                """
                {"type":"usertour_trigger","product_id":"p","session_id":null,"flow_id":"f",
                 "reason":"third visit","user_id":"u"}"""))
        .isEqualTo(new TriggerEvent("p", "", "u", "f", "third visit"));
  }

  @Test
  void readsConversationIdsOfBatchAndAction() {
    ActionsEvent event =
        batch(
            """
            {"type":"actions","conversation_id":"c1","actions":[{"conversation_id":"c2"},{"conversation_id":null}]}""");

    assertThat(event.conversationId()).isEqualTo("c1");
    assertThat(event.actions()).extracting(UiAction::conversationId).containsExactly("c2", "");
  }

  @Test
  void takesNullAndAbsentForTheSame() {
    ActionsEvent nulls =
        batch(
            """
            {"type":"actions","product_id":null,"session_id":null,"user_id":null,"email":null,
             "conversation_id":null,"count":null,"forwarded_at":null,"actions":[
              {"index":null,"type":null,"title":null,"description":null,"timestamp_start":null,
               "timestamp_end":null,"raw_url":null,"canonical_url":null,"session_id":null,
               "user_id":null,"email":null,"conversation_id":null}]}""");

    assertThat(nulls).isEqualTo(batch("{\"type\":\"actions\",\"actions\":[{}]}"));
    assertThat(nulls)
        .isEqualTo(
            new ActionsEvent(
                "", "", "", "", "", Instant.EPOCH, List.of(UiAction.builder("").build())));
    assertThat(nulls.actions().get(0).index()).isEqualTo(-1);
    assertThat(nulls.actions().get(0).start()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "-0", "0e9", "null"})
  void takesATimeOfZeroForAbsent(String zero) {
    ActionsEvent event = batch(Frames.batch("{\"timestamp_start\":" + zero + "}"));

    assertThat(event.actions().get(0).start()).isEmpty();
  }

  @Test
  void takesABatchWithoutAListForAnEmptyOne() {
    assertThat(batch("{\"type\":\"actions\"}").actions()).isEmpty();
    assertThat(batch("{\"type\":\"actions\",\"actions\":null}").actions()).isEmpty();
  }

  @Test
  void readsFieldsInAnyOrder() {
    String turned =
        """
        {"actions":[{"email":"e@x.org","timestamp_end":1700000001,"timestamp_start":1.7e9,
          "title":"t","type":"click","index":3}],
         "forwarded_at":1700000002,"count":1,"session_id":"s","product_id":"p","type":"actions"}""";

    assertThat(decoder.decode(Frames.bytes(turned)))
        .isEqualTo(
            decoder.decode(
                Frames.bytes(
                    """
                    {"type":"actions","product_id":"p","session_id":"s","count":1,
                     "forwarded_at":1700000002.0,"actions":[{"index":3,"type":"click","title":"t",
                      "timestamp_start":1700000000.0,"timestamp_end":1700000001.0,
                      "email":"e@x.org"}]}""")));
  }

  @Test
  void skipsUnknownFieldsWhateverTheyHold() {
    String odd = "{\"a\":[1,{\"actions\":[[]]},\"\\u0000\",true],\"type\":9}";

    assertThat(
            batch(
                "{\"x\":%s,\"type\":\"actions\",\"\":[],\"actions\":[{\"x\":%s,\"title\":\"t\",\"y\":-1e-400}]}"
                    .formatted(odd, odd)))
        .isEqualTo(batch("{\"type\":\"actions\",\"actions\":[{\"title\":\"t\"}]}"));
  }

  @Test
  void ignoresWhatOtherTypesHaveInAFieldsPlace() {
    assertThat(event("{\"type\":\"summary\",\"actions\":5,\"count\":\"x\",\"summary\":\"s\"}"))
        .isEqualTo(new SummaryEvent("", "", "", "s", 0, Instant.EPOCH));
  }

  @Test
  void letsTheLastOfTwoEqualKeysCount() {
    ActionsEvent event =
        batch(
            """
            {"type":"summary","session_id":7,"session_id":"s","forwarded_at":-1,"forwarded_at":null,
             "actions":[{},{},5],"actions":[{"title":[],"title":"b"}],"type":"actions"}""");

    assertThat(event.sessionId()).isEqualTo("s");
    assertThat(event.actions()).containsExactly(UiAction.builder("").title("b").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "-1", "1.5", "1e99"})
  void flagsACountThatDisagreesAndKeepsTheList(String count) {
    Decoded decoded = decoded("{\"type\":\"actions\",\"count\":" + count + ",\"actions\":[{}]}");

    assertThat(decoded.countDisagreed()).isTrue();
    assertThat(((ActionsEvent) decoded.event()).actions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2.0", "2e0", "null"})
  void countsRejectedActionsIn(String count) {
    Decoded decoded = decoded("{\"type\":\"actions\",\"count\":" + count + ",\"actions\":[{},5]}");

    assertThat(decoded.countDisagreed()).isFalse();
    assertThat(decoded.rejectedActions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t", "{\"type\":\"heartbeat\"}"})
  void takesAnEmptyFrameForAHeartbeat(String frame) {
    assertThat(decoder.decode(Frames.bytes(frame))).isEqualTo(new Ignored("heartbeat"));
  }

  @Test
  void ignoresUnknownTypesByName() {
    assertThat(decoder.decode(Frames.bytes("{\"type\":\"weather\",\"actions\":1}")))
        .isEqualTo(new Ignored("weather"));
    assertThat(decoder.decode(Frames.bytes("{\"type\":\"" + "long ".repeat(100) + "\"}")))
        .isEqualTo(new Ignored("long ".repeat(8) + "..."));
  }

  @Test
  void readsEscapesAndAllOfUnicode() {
    assertThat(
            batch(Frames.batch("{\"\\u0074itle\":\"\\\"\\\\\\/\\n\\u00e9é€😀\\ud83d\\ude00\"}"))
                .actions())
        .extracting(UiAction::title)
        .containsExactly("\"\\/\néé€😀😀");
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(batch("\uFEFF" + Frames.batch("{}")).actions()).hasSize(1);
  }

  @Test
  void readsFromTheMiddleOfASharedBuffer() {
    byte[] buffer = new byte[Frames.ACTIONS.length + 20];
    Arrays.fill(buffer, (byte) 0xFF);
    System.arraycopy(Frames.ACTIONS, 0, buffer, 7, Frames.ACTIONS.length);
    byte[] before = buffer.clone();

    assertThat(decoder.decode(buffer, 7, Frames.ACTIONS.length))
        .isEqualTo(decoder.decode(Frames.ACTIONS));
    assertThat(buffer).isEqualTo(before);
  }

  @Test
  void refusesBoundsOutsideTheBuffer() {
    assertThatThrownBy(() -> decoder.decode(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void sharesTextThatAFrameRepeats() {
    ActionsEvent event = (ActionsEvent) ((Decoded) decoder.decode(Frames.ACTIONS)).event();

    assertThat(event.actions()).allMatch(a -> a.sessionId() == event.sessionId());
    assertThat(event.actions()).allMatch(a -> a.userId() == event.userId());
    assertThat(event.actions()).allMatch(a -> a.email() == event.email());
  }

  @Test
  void sharesTitlesAndUrlsAmongFrames() {
    decoder.decode(Frames.ACTIONS);
    List<UiAction> second = batch(new String(Frames.ACTIONS, UTF_8)).actions();
    List<UiAction> third = batch(new String(Frames.ACTIONS, UTF_8)).actions();

    assertThat(third.get(0).title()).isSameAs(second.get(0).title());
    assertThat(third.get(2).canonicalUrl()).isSameAs(second.get(2).canonicalUrl());
  }

  private Decoded decoded(String frame) {
    assertThat(decoder.decode(Frames.bytes(frame))).isInstanceOf(Decoded.class);
    return (Decoded) decoder.decode(Frames.bytes(frame));
  }

  private StreamEvent event(String frame) {
    return decoded(frame).event();
  }

  private ActionsEvent batch(String frame) {
    return (ActionsEvent) event(frame);
  }
}
