package dev.tourmaline.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInSinksTest {

  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
  private static final PreDeliveryCheck WELCOME =
      () -> CompletableFuture.completedStage(Optional.empty());

  @TempDir Path folder;

  @Test
  void aLineHasTheDocumentedKeysInOrderAndSecondsWithADecimal() {
    assertThat(TriggerLine.of(trigger("t1", "ps_1", "third visit", AT)))
        .isEqualTo(
            "{\"type\":\"usertour_trigger\",\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\","
                + "\"flow_id\":\"tour_billing_help\",\"id\":\"t1\",\"rule\":\"Billing revisited\","
                + "\"reason\":\"third visit\",\"at\":1700000000.0}");
  }

  @Test
  void anOfferAndItsTriggerAreTheSameLine() {
    TourTrigger t = trigger("t1", "ps_1", "third visit", AT.plusNanos(250_000_000));
    assertThat(TriggerLine.of(t.offer())).isEqualTo(TriggerLine.of(t)).endsWith(":1700000000.25}");
  }

  @Test
  void timesKeepMicrosecondsAndNeverAnExponent() {
    assertThat(TriggerLine.of(trigger("t", "s", "", AT.plusNanos(1_000)))).contains("0000.000001}");
    assertThat(TriggerLine.of(trigger("t", "s", "", Instant.EPOCH))).endsWith("\"at\":0.0}");
    assertThat(TriggerLine.of(trigger("t", "s", "", Instant.ofEpochSecond(3_000_000_000L))))
        .endsWith("\"at\":3000000000.0}");
  }

  @Test
  void lineBreaksWithinAValueAreEscaped() {
    assertThat(TriggerLine.of(trigger("t", "s\n\"x\"", "a\r\nb", AT)))
        .doesNotContain("\n", "\r")
        .contains("\"session_id\":\"s\\n\\\"x\\\"\"", "\"reason\":\"a\\r\\nb\"");
  }

  @Test
  void noCharacterOfAnIdBeginsALineOrTurnsOneRound() {
    String forging = "a\u0085b\u2028c\u2029d\u000be\u202ef\u200fg\u009bh\u007fi";
    String line = TriggerLine.of(trigger("t", forging, forging, AT));
    assertThat(line)
        .contains(
            "\"session_id\":\"a\\u0085b\\u2028c\\u2029d\\u000Be\\u202ef\\u200fg\\u009bh\\u007fi\"")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(OneLine.of("zoë " + forging)).isEqualTo("zoë a b c d e f g h i");
    assertThat(OneLine.of("\r\n\t")).isEqualTo(" ");
  }

  @Test
  void aTriggerThatIsSeenAgainIsWrittenOnce() throws IOException {
    Path file = folder.resolve("triggers.jsonl");
    TourTrigger first = trigger("t1", "ps_1", "é", AT);
    TourTrigger second = trigger("t2", "ps_2", "b", AT);
    try (JsonLinesSink sink = JsonLinesSink.appendingTo(file)) {
      assertThat(sink.name()).isEqualTo("jsonl:triggers.jsonl");
      for (TourTrigger trigger : List.of(first, first, second)) {
        assertThat(deliver(sink, trigger)).isInstanceOf(Delivery.Delivered.class);
      }
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(TriggerLine.of(first), TriggerLine.of(second));
  }

  @Test
  void whatTheFileHeldStaysAndAHalfLineIsEnded() throws IOException {
    Path file = folder.resolve("triggers.jsonl");
    Files.writeString(file, "{\"whole\":1}\n{\"half");
    TourTrigger trigger = trigger("t1", "ps_1", "a", AT);
    try (JsonLinesSink sink = JsonLinesSink.appendingTo(file)) {
      deliver(sink, trigger);
    }
    try (JsonLinesSink sink = JsonLinesSink.appendingTo(file)) {
      deliver(sink, trigger);
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"whole\":1}", "{\"half", TriggerLine.of(trigger), TriggerLine.of(trigger));
  }

  @Test
  void aFullDiskIsWorthAnotherTry() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "this system has no /dev/full");
    try (JsonLinesSink sink = JsonLinesSink.appendingTo(full)) {
      assertThat(deliver(sink, trigger("t1", "ps_1", "a", AT)))
          .isInstanceOfSatisfying(
              Delivery.Retry.class, retry -> assertThat(retry.why()).contains("/dev/full"));
      assertThat(deliver(sink, trigger("t1", "ps_1", "a", AT))).isInstanceOf(Delivery.Retry.class);
    }
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() {
    Path nowhere = folder.resolve("missing/triggers.jsonl");
    assertThatThrownBy(() -> JsonLinesSink.appendingTo(nowhere))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(nowhere.toString());
  }

  @Test
  void aCallbackIsCalledOnceForATriggerAndAgainIfItThrew() {
    List<String> seen = new ArrayList<>();
    TriggerSink sink =
        CallbackSink.of(
            t -> {
              seen.add(t.id());
              if (seen.size() == 1) {
                throw new IllegalStateException("not now");
              }
            });
    TourTrigger trigger = trigger("t1", "ps_1", "a", AT);
    assertThat(sink.deliver(trigger, WELCOME).toCompletableFuture()).isCompletedExceptionally();
    assertThat(deliver(sink, trigger)).isInstanceOf(Delivery.Delivered.class);
    assertThat(deliver(sink, trigger)).isInstanceOf(Delivery.Delivered.class);
    assertThat(seen).containsExactly("t1", "t1");
  }

  @Test
  void builtInSinksLeaveInboundTriggersToTheBrowser() {
    assertThat(LogSink.create().accepts(TourTrigger.Origin.INBOUND)).isFalse();
    assertThat(LogSink.create().accepts(TourTrigger.Origin.RULE)).isTrue();
    assertThat(deliver(LogSink.create(), trigger("t1", "ps_1", "a\nINFO forged", AT)))
        .isInstanceOf(Delivery.Delivered.class);
  }

  private static Delivery deliver(TriggerSink sink, TourTrigger trigger) {
    return sink.deliver(trigger, WELCOME).toCompletableFuture().join();
  }

  private static TourTrigger trigger(String id, String session, String reason, Instant at) {
    SessionKey key = new SessionKey("prod_abc", session);
    return TourTrigger.ofRule(
        new Offer(id, key, "u", "Billing revisited", "tour_billing_help", 50, 0, reason, at), at);
  }
}
