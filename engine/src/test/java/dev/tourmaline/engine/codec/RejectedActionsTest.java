package dev.tourmaline.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.UiAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedActionsTest {

  private static final String SECONDS =
      "a number of seconds since 1970, between the years 2000 and 9999";

  private final EventDecoder decoder = EventDecoder.create();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7                                       | WRONG_TYPE | actions[1] is the number 7; right would be an action object",
        "null                                    | WRONG_TYPE | actions[1] is null; right would be an action object",
        "[{\"title\":\"x\"}]                     | WRONG_TYPE | actions[1] is an array; right would be an action object",
        "{\"title\":5}                           | WRONG_TYPE | actions[1].title is the number 5; right would be a text or null",
        "{\"email\":{\"a\":[1]},\"index\":2}     | WRONG_TYPE | actions[1].email is an object; right would be a text or null",
        "{\"user_id\":12}                        | WRONG_TYPE | actions[1].user_id is a number; right would be a text or null",
        "{\"index\":\"2\"}                       | WRONG_TYPE | actions[1].index is a text of 1 characters; right would be a whole number from 0 to 2147483647",
        "{\"index\":-1}                          | BAD_NUMBER | actions[1].index is -1; right would be a whole number from 0 to 2147483647",
        "{\"index\":0.5}                         | BAD_NUMBER | actions[1].index is 0.5; right would be a whole number from 0 to 2147483647"
      })
  void rejectsABadActionAloneAndSaysWhy(String action, RejectReason reason, String detail) {
    assertRejectedAlone(action, reason, detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"timestamp_start\":\"1700000000\"}    | WRONG_TYPE | actions[1].timestamp_start is a text of 10 characters",
        "{\"timestamp_start\":NaN}               | BAD_NUMBER | actions[1].timestamp_start is NaN",
        "{\"timestamp_end\":-5}                  | BAD_TIME   | actions[1].timestamp_end is -5",
        "{\"timestamp_start\":1700000000000}     | BAD_TIME   | actions[1].timestamp_start is 1700000000000",
        "{\"timestamp_start\":1,\"title\":\"t\"} | BAD_TIME   | actions[1].timestamp_start is 1"
      })
  void rejectsAnActionOfBadTimeAlone(String action, RejectReason reason, String detail) {
    assertRejectedAlone(action, reason, detail + "; right would be " + SECONDS);
  }

  @Test
  void rejectsAnActionWithAnOverlongFieldAlone() {
    assertRejectedAlone(
        "{\"raw_url\":\"" + "u".repeat(65_537) + "\"}",
        RejectReason.FIELD_TOO_LONG,
        "actions[1].raw_url has 65537 bytes of UTF-8; right would be at most 65536");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session_id", "user_id"})
  void rejectsAnActionWithAnOverlongIdAlone(String field) {
    assertRejectedAlone(
        "{\"" + field + "\":\"" + "i".repeat(513) + "\"}",
        RejectReason.ID_TOO_LONG,
        "actions[1].%s has 513 characters; right would be at most 512".formatted(field));
    String longest = "\u00e4".repeat(512);
    assertThat(decode("{\"" + field + "\":\"" + longest + "\"}").rejectedActions()).isEmpty();
  }

  @Test
  void forgetsAFaultWithItsAction() {
    Decoded decoded = decode("{\"title\":5},{\"title\":6},{\"title\":\"good\"},{\"title\":7}");

    assertThat(decoded.rejectedActions())
        .extracting(Rejected::detail)
        .extracting(detail -> detail.substring(0, 10))
        .containsExactly("actions[0]", "actions[1]", "actions[3]");
    assertThat(((ActionsEvent) decoded.event()).actions())
        .extracting(UiAction::title)
        .containsExactly("good");
  }

  @Test
  void keepsTheFramesOwnFieldsApartFromItsActions() {
    Decoded decoded =
        (Decoded)
            decoder.decode(
                Frames.bytes(
                    "{\"actions\":[{\"session_id\":1},{\"session_id\":\"b\"}],\"session_id\":\"a\",\"type\":\"actions\"}"));

    assertThat(decoded.event().sessionId()).isEqualTo("a");
    assertThat(((ActionsEvent) decoded.event()).actions())
        .extracting(UiAction::sessionId)
        .containsExactly("b");
  }

  private void assertRejectedAlone(String action, RejectReason reason, String detail) {
    Decoded decoded = decode("{\"title\":\"before\"}," + action + ",{\"title\":\"after\"}");

    assertThat(decoded.rejectedActions()).containsExactly(new Rejected(reason, detail));
    assertThat(((ActionsEvent) decoded.event()).actions())
        .containsExactly(
            UiAction.builder("").title("before").build(),
            UiAction.builder("").title("after").build());
  }

  private Decoded decode(String actions) {
    DecodeResult result = decoder.decode(Frames.bytes(Frames.batch(actions)));
    assertThat(result).isInstanceOf(Decoded.class);
    return (Decoded) result;
  }
}
