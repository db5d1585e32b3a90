package dev.tourmaline.engine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

  private final EventEncoder encoder = EventEncoder.create();

  @Test
  void writesATriggerWithExactlyTheDocumentedKeys() {
    assertThat(encoded(new TriggerEvent("prod_123", "s_888", "", "tour_789", "")))
        .isEqualTo(
            "{\"type\":\"usertour_trigger\",\"product_id\":\"prod_123\",\"session_id\":\"s_888\",\"flow_id\":\"tour_789\"}");
  }

  @Test
  void writesASummaryInTheDocumentedForm() {
    assertThat(
            encoded(
                new SummaryEvent("p", "s", "", "Prose.", 12, Instant.ofEpochSecond(1_700_000_060))))
        .isEqualTo(
            "{\"type\":\"summary\",\"product_id\":\"p\",\"session_id\":\"s\",\"summary\":\"Prose.\",\"replaces\":12,\"forwarded_at\":1700000060.0}");
  }

  @Test
  void writesABatchInTheDocumentedForm() {
    UiAction action =
        UiAction.builder("click")
            .index(4)
            .title("T")
            .start(Instant.parse("2023-11-14T22:13:25.200001Z"))
            .url("https://a.b/c")
            .build();
    Instant forwardedAt = Instant.ofEpochSecond(1_700_000_100);

    assertThat(encoded(new ActionsEvent("p", "s", "", "e@x.org", "", forwardedAt, List.of(action))))
        .isEqualTo(
            "{\"type\":\"actions\",\"product_id\":\"p\",\"session_id\":\"s\",\"user_id\":null,\"email\":\"e@x.org\",\"count\":1,\"forwarded_at\":1700000100.0,\"actions\":["
                + "{\"index\":4,\"type\":\"click\",\"title\":\"T\",\"description\":\"\",\"timestamp_start\":1700000005.200001,\"timestamp_end\":null,"
                + "\"raw_url\":\"https://a.b/c\",\"canonical_url\":\"https://a.b/c\",\"session_id\":null,\"user_id\":null,\"email\":null}]}");
  }

  @Test
  void writesHalvesOfSurrogatePairsAsEscapes() {
    assertThat(encoded(new TriggerEvent("é\uD83D", "\n", "", "", "")))
        .contains("\"é\\uD83D\"", "\"\\n\"");
  }

  private String encoded(StreamEvent event) {
    return new String(encoder.encode(event), UTF_8);
  }
}
