package dev.tourmaline.engine.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.DecodeResult.Ignored;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.RejectReason;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedFramesTest {

  private final EventDecoder decoder = EventDecoder.create();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"type\":\"actions\"",
        "{\"type\":\"actions\",}",
        "{\"type\":\"actions\"} x",
        "{\"type\":\"actions\"}{}",
        "{\"type\":\"actions\"}]",
        "{'type':'actions'}",
        "{type:\"actions\"}",
        "{\"type\":\"actions\",\"count\":01}",
        "{\"type\":\"actions\",\"count\":+1}",
        "{\"type\":\"actions\",\"count\":.5}",
        "{\"type\":\"actions\",\"count\":1.}",
        "{\"type\":\"actions\",\"session_id\":\"a\nb\"}",
        "{\"type\":\"actions\",\"ignored\":\"a\nb\"}",
        "{\"type\":\"actions\",\"ignored\":\"\\q\"}",
        "{\"type\":\"actions\",\"ignored\":tru}",
        "{\"type\":\"actions\" /* no */}",
        "{\"type\":\"actions\",\"actions\":[{\"title\":\"kept\"},{\"title\":]}",
        "{\"type\":\"actions\",\"actions\":[{\"title\":\"kept\"}}",
        "user@example.com"
      })
  void rejectsWhatIsNotOneJsonObject(String frame) {
    Rejected rejected = rejected(frame);

    assertThat(rejected.reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    assertThat(rejected.detail()).contains("right would be").doesNotContain("user", "kept");
  }

  @Test
  void saysWhereTheJsonBreaks() {
    String start = Frames.batch("{\"title\":\"a\"},{\"title\":");

    assertThat(rejected(start).detail())
        .isEqualTo(
            "byte %d of the frame, in actions[1], is not JSON; right would be one JSON object and nothing after it"
                .formatted(start.indexOf(":]") + 1));
    assertThat(rejected("{\"type\":\"summary\"").detail())
        .isEqualTo(
            "the frame is cut short in the frame; right would be one JSON object and nothing after it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                            | the frame is an array; right would be a JSON object",
        "\"secret words\"                              | the frame is a text of 12 characters; right would be a JSON object",
        "null                                          | the frame is null; right would be a JSON object",
        "{\"type\":5}                                  | type is the number 5; right would be a text or null",
        "{\"type\":\"actions\",\"actions\":{}}         | actions is an object; right would be a list of actions",
        "{\"type\":\"actions\",\"actions\":\"\"}       | actions is a text of 0 characters; right would be a list of actions",
        "{\"type\":\"actions\",\"session_id\":17}      | session_id is the number 17; right would be a text or null",
        "{\"type\":\"actions\",\"user_id\":4917012345} | user_id is a number; right would be a text or null",
        "{\"type\":\"actions\",\"email\":1.5}          | email is a number; right would be a text or null",
        "{\"type\":\"actions\",\"count\":\"1\"}        | count is a text of 1 characters; right would be a whole number from 0 to 2147483647",
        "{\"type\":\"actions\",\"forwarded_at\":true}  | forwarded_at is true; right would be a number of seconds since 1970, between the years 2000 and 9999",
        "{\"type\":\"summary\",\"summary\":[1]}        | summary is an array; right would be a text or null",
        "{\"type\":\"summary\",\"replaces\":\"12\"}    | replaces is a text of 2 characters; right would be a whole number from 0 to 2147483647",
        "{\"type\":\"usertour_trigger\",\"flow_id\":3} | flow_id is the number 3; right would be a text or null",
        "{\"reason\":{},\"type\":\"usertour_trigger\"} | reason is an object; right would be a text or null"
      })
  void rejectsWrongTypesAtTheTop(String frame, String detail) {
    assertThat(decoder.decode(Frames.bytes(frame)))
        .isEqualTo(new Rejected(RejectReason.WRONG_TYPE, detail));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"type\":null}", "{\"type\":\"\"}", "{\"session_id\":\"s\"}"})
  void rejectsAFrameWithoutAType(String frame) {
    assertThat(rejected(frame).reason()).isEqualTo(RejectReason.MISSING_FIELD);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, BAD_NUMBER",
    "Infinity, BAD_NUMBER",
    "-Infinity, BAD_NUMBER",
    "1e99999999999, BAD_NUMBER",
    "1e999999999, BAD_TIME",
    "-1, BAD_TIME",
    "-1700000000.5, BAD_TIME",
    "1, BAD_TIME",
    "1e-9, BAD_TIME",
    "946684799.999999, BAD_TIME",
    "253402300800, BAD_TIME",
    "1700000000000, BAD_TIME",
    "99999999999999999999999999, BAD_TIME"
  })
  void rejectsTimesThatAreNone(String time, RejectReason reason) {
    Rejected rejected = rejected("{\"type\":\"actions\",\"forwarded_at\":" + time + "}");

    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).startsWith("forwarded_at is " + time + "; right would be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-1", "1.5", "2147483648", "1e10"})
  void rejectsNumbersThatAreNotWhole(String number) {
    assertThat(rejected("{\"type\":\"summary\",\"replaces\":" + number + "}").reason())
        .isEqualTo(RejectReason.BAD_NUMBER);
  }

  @Test
  void rejectsACountThatIsNotANumber() {
    assertThat(rejected("{\"type\":\"actions\",\"count\":NaN}").reason())
        .isEqualTo(RejectReason.BAD_NUMBER);
  }

  @Test
  void cutsLongValuesInItsMessages() {
    assertThat(rejected("{\"type\":\"summary\",\"replaces\":" + "9".repeat(5000) + "}").detail())
        .startsWith("replaces is " + "9".repeat(40) + "...; ");
  }

  @Test
  void rejectsTextBeyond64KiBOfUtf8() {
    String longest = "ä".repeat(32_768);

    assertThat(decoder.decode(Frames.bytes(summary(longest)))).isInstanceOf(Decoded.class);
    assertThat(rejected(summary(longest + "a")))
        .isEqualTo(
            new Rejected(
                RejectReason.FIELD_TOO_LONG,
                "summary has 65537 bytes of UTF-8; right would be at most 65536"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"product_id", "session_id", "user_id", "flow_id"})
  void rejectsIdsBeyond512Characters(String field) {
    String frame = "{\"type\":\"usertour_trigger\",\"%s\":\"%s\"}";

    assertThat(rejected(frame.formatted(field, "i".repeat(513))))
        .isEqualTo(
            new Rejected(
                RejectReason.ID_TOO_LONG,
                field + " has 513 characters; right would be at most 512"));
    assertThat(decoder.decode(Frames.bytes(frame.formatted(field, "i".repeat(512)))))
        .isInstanceOf(Decoded.class);
  }

  @Test
  void skipsLongTextInIgnoredFields() {
    String frame = "{\"ignored\":\"" + "a".repeat(1 << 20) + "\",\"type\":\"heartbeat\"}";

    assertThat(decoder.decode(Frames.bytes(frame))).isEqualTo(new Ignored("heartbeat"));
  }

  @Test
  void rejectsNamesBeyond4KiB() {
    assertThat(rejected("{\"" + "n".repeat(20_000) + "\":1}").reason())
        .isEqualTo(RejectReason.FIELD_TOO_LONG);
  }

  @Test
  void rejectsNestingBeyond64Levels() {
    String deepest = "{\"type\":\"weather\",\"x\":" + "[".repeat(63) + "]".repeat(63) + "}";
    String deeper = "{\"type\":\"weather\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}";

    assertThat(decoder.decode(Frames.bytes(deepest))).isEqualTo(new Ignored("weather"));
    assertThat(rejected(deeper).reason()).isEqualTo(RejectReason.NESTED_TOO_DEEP);
    assertThat(rejected("{\"x\":".repeat(100_000)).reason())
        .isEqualTo(RejectReason.NESTED_TOO_DEEP);
  }

  @Test
  void rejectsFramesBeyond16MiB() {
    byte[] longest = new byte[16 << 20];
    Arrays.fill(longest, (byte) ' ');
    byte[] longer = Arrays.copyOf(longest, longest.length + 1);

    assertThat(decoder.decode(longest)).isEqualTo(new Ignored("heartbeat"));
    assertThat(decoder.decode(longer))
        .isEqualTo(
            new Rejected(
                RejectReason.FRAME_TOO_LONG,
                "the frame has 16777217 bytes; right would be at most 16777216"));
  }

  @Test
  void rejectsFramesOfMoreThanAHundredThousandActions() {
    assertThat(rejected(Frames.batch("0,".repeat(100_000) + "0")).reason())
        .isEqualTo(RejectReason.FRAME_TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "C0AF",
        "C080",
        "C3",
        "C328",
        "E080AF",
        "E282",
        "E28228",
        "EDA080",
        "EDB080",
        "F0808080",
        "F09F98",
        "F4908080",
        "F5808080",
        "F888808080",
        "FE",
        "FF"
      })
  void rejectsIllFormedUtf8WhereverItStands(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);

    for (String field : new String[] {"summary", "ignored"}) {
      String frame = "{\"type\":\"summary\",\"" + field + "\":\"?\"}";
      byte[] bytes = frame.replace("?", new String(bad, ISO_8859_1)).getBytes(ISO_8859_1);

      assertThat(decoder.decode(bytes))
          .isEqualTo(
              new Rejected(
                  RejectReason.BAD_ENCODING,
                  "byte %d of the frame, 0x%s, begins no character of UTF-8; right would be UTF-8 throughout"
                      .formatted(frame.indexOf('?'), hex.substring(0, 2))));
    }
  }

  @Test
  void rejectsOtherEncodings() {
    assertThat(decoder.decode(new String(Frames.TRIGGER, UTF_8).getBytes(UTF_16LE)))
        .isInstanceOf(Rejected.class);
    assertThat(decoder.decode(new String(Frames.TRIGGER, UTF_8).getBytes(UTF_16)))
        .isInstanceOf(Rejected.class);
  }

  private static String summary(String text) {
    return "{\"type\":\"summary\",\"summary\":\"" + text + "\"}";
  }

  private Rejected rejected(String frame) {
    DecodeResult result = decoder.decode(Frames.bytes(frame));
    assertThat(result).isInstanceOf(Rejected.class);
    return (Rejected) result;
  }
}
