package dev.tourmaline.engine.internal.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.session.SessionKey;
import java.io.IOException;
import java.util.Set;

/**
 * Composes the messages of rejections: where, which value, what would be right. Values are shown
 * where they are numbers or the connector's own identifiers; what users typed, and who they are, is
 * not.
 */
final class Rejections {

  private static final int LONGEST_VALUE = 40;
  private static final Set<String> PERSONAL = Set.of("user_id", "email");

  private Rejections() {}

  static Rejected wrongType(String where, JsonParser parser, String right) throws IOException {
    return new Rejected(
        RejectReason.WRONG_TYPE,
        "%s is %s; right would be %s".formatted(where, shown(where, parser), right));
  }

  static Rejected number(RejectReason reason, String where, JsonParser parser, String right)
      throws IOException {
    return new Rejected(
        reason, "%s is %s; right would be %s".formatted(where, cut(parser.getText()), right));
  }

  static Rejected tooLong(String where, long bytes, int limit) {
    return new Rejected(
        RejectReason.FIELD_TOO_LONG,
        "%s has %d bytes of UTF-8; right would be at most %d".formatted(where, bytes, limit));
  }

  static Rejected idTooLong(String where, int characters) {
    return new Rejected(
        RejectReason.ID_TOO_LONG,
        "%s has %d characters; right would be at most %d"
            .formatted(where, characters, SessionKey.LONGEST_ID));
  }

  static Rejected missingType() {
    return new Rejected(
        RejectReason.MISSING_FIELD,
        "type is absent; right would be actions, summary, usertour_trigger or heartbeat");
  }

  static Rejected tooManyActions(int listed, int limit) {
    return new Rejected(
        RejectReason.FRAME_TOO_LONG,
        "actions lists %d actions; right would be at most %d".formatted(listed, limit));
  }

  static Rejected frameTooLong(long bytes, int limit) {
    return new Rejected(
        RejectReason.FRAME_TOO_LONG,
        "the frame has %d bytes; right would be at most %d".formatted(bytes, limit));
  }

  static Rejected nameTooLong(int limit, String place) {
    return new Rejected(
        RejectReason.FIELD_TOO_LONG,
        "a field's name in %s is longer than %d bytes, which would be right"
            .formatted(place, limit));
  }

  static Rejected nestedTooDeep(int limit, String place) {
    return new Rejected(
        RejectReason.NESTED_TOO_DEEP,
        "a value in %s is nested deeper than %d levels, which would be right"
            .formatted(place, limit));
  }

  static Rejected encoding(byte[] frame, int fault, int from) {
    return new Rejected(
        RejectReason.BAD_ENCODING,
        "byte %d of the frame, 0x%02X, begins no character of UTF-8; right would be UTF-8 throughout"
            .formatted(fault - from, frame[fault] & 0xFF));
  }

  /** The parser's own words are left out: they quote the frame. */
  static Rejected malformed(JsonProcessingException fault, String place) {
    String right = "; right would be one JSON object and nothing after it";
    String what =
        fault instanceof JsonEOFException
            ? "the frame is cut short in " + place
            : "byte %d of the frame, in %s, is not JSON"
                .formatted(fault.getLocation().getByteOffset(), place);
    return new Rejected(RejectReason.MALFORMED_JSON, what + right);
  }

  static Rejected trailing(JsonParser parser) {
    return new Rejected(
        RejectReason.MALFORMED_JSON,
        "byte %d of the frame begins a second value; right would be one JSON object and nothing after it"
            .formatted(parser.currentTokenLocation().getByteOffset()));
  }

  static Rejected unreadable(String place) {
    return new Rejected(
        RejectReason.MALFORMED_JSON, "the JSON parser failed in %s".formatted(place));
  }

  /** {@return the text, cut where it is too long for a message} */
  static String cut(String text) {
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1)) ? 39 : LONGEST_VALUE;
    return text.substring(0, end) + "...";
  }

  private static String shown(String where, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text of %d characters".formatted(parser.getTextLength());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          PERSONAL.contains(where.substring(where.lastIndexOf('.') + 1))
              ? "a number"
              : "the number " + cut(parser.getText());
      default -> token.asString();
    };
  }
}
