package dev.tourmaline.engine.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import java.io.IOException;

/**
 * Reads the value of one known field, null being absent. A value that cannot be used is skipped,
 * reads as absent and leaves its fault with the field's object. One per frame, used by one thread.
 */
final class ValueReader {

  static final int LONGEST_TEXT = 65_536;

  private static final int SURELY_SHORT = LONGEST_TEXT / 3;
  private static final int FRAME = -1;
  private static final String TEXT = "a text or null";
  private static final String TIME =
      "a number of seconds since 1970, between the years 2000 and 9999";
  private static final String WHOLE = "a whole number from 0 to 2147483647";

  private final JsonParser parser;
  private final TextPool pool;
  private Faults faults;
  private int action = FRAME;
  private JsonToken token = JsonToken.NOT_AVAILABLE;
  private char[] chars = {};
  private int offset;
  private int length;

  ValueReader(JsonParser parser, TextPool pool, Faults faults) {
    this.parser = parser;
    this.pool = pool;
    this.faults = faults;
  }

  /** Says whose fields are read from now on. */
  void enterAction(int index, Faults faults) {
    this.action = index;
    this.faults = faults;
  }

  void leaveActions(Faults faults) {
    this.action = FRAME;
    this.faults = faults;
  }

  /** {@return the object that is being read, as error messages name it} */
  String place() {
    return action == FRAME ? "the frame" : "actions[" + action + "]";
  }

  /** Moves on to the value of the field whose name was read last. */
  void advance() throws IOException {
    token = parser.nextToken();
    if (token.isScalarValue()) {
      chars = parser.getTextCharacters();
      offset = parser.getTextOffset();
      length = parser.getTextLength();
    }
  }

  /** {@return the value, text that other frames will repeat} */
  String pooled(Field field) throws IOException {
    return isText(field) ? pool.text(chars, offset, length) : "";
  }

  /** {@return the value, text that this frame repeats} */
  String repeated(Field field, RepeatedText last) throws IOException {
    return isText(field) ? last.text(chars, offset, length) : "";
  }

  /** {@return the value, text of its own} */
  String text(Field field) throws IOException {
    return isText(field) ? new String(chars, offset, length) : "";
  }

  /** {@return the value, a time in microseconds, 0 where absent} */
  long micros(Field field) throws IOException {
    if (!isNumber(field, TIME)) {
      return 0;
    }
    long micros = WireNumber.micros(chars, offset, length);
    if (micros >= 0) {
      return micros;
    }
    RejectReason reason =
        micros == WireNumber.BAD_TIME ? RejectReason.BAD_TIME : RejectReason.BAD_NUMBER;
    faults.add(field, Rejections.number(reason, where(field), parser, TIME));
    return 0;
  }

  /** {@return the value, a whole number, or the given one where absent} */
  int whole(Field field, int absent) throws IOException {
    if (!isNumber(field, WHOLE)) {
      return absent;
    }
    long value = WireNumber.whole(chars, offset, length);
    if (value >= 0) {
      return (int) value;
    }
    faults.add(field, badNumber(field));
    return absent;
  }

  /**
   * {@return the value, a count: the first given one where absent, the second where it is a number
   * that counts nothing}
   */
  int count(Field field, int absent, int nothing) throws IOException {
    if (!isNumber(field, WHOLE)) {
      return absent;
    }
    if (parser.isNaN()) {
      faults.add(field, badNumber(field));
      return absent;
    }
    long value = WireNumber.whole(chars, offset, length);
    return value >= 0 ? (int) value : nothing;
  }

  /** Notes that the current value is of the wrong type, and skips it. */
  void wrongType(Field field, String right) throws IOException {
    faults.add(field, Rejections.wrongType(where(field), parser, right));
    parser.skipChildren();
  }

  private boolean isText(Field field) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return length <= SURELY_SHORT || isShortEnough(field);
    }
    if (token != JsonToken.VALUE_NULL) {
      wrongType(field, TEXT);
    }
    return false;
  }

  private boolean isShortEnough(Field field) {
    int bytes = Utf8.length(chars, offset, length);
    if (bytes > LONGEST_TEXT) {
      faults.add(field, Rejections.tooLong(where(field), bytes, LONGEST_TEXT));
    }
    return bytes <= LONGEST_TEXT;
  }

  private boolean isNumber(Field field, String right) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      return true;
    }
    if (token != JsonToken.VALUE_NULL) {
      wrongType(field, right);
    }
    return false;
  }

  private Rejected badNumber(Field field) throws IOException {
    return Rejections.number(RejectReason.BAD_NUMBER, where(field), parser, WHOLE);
  }

  private String where(Field field) {
    return action == FRAME ? field.text : place() + "." + field.text;
  }
}
