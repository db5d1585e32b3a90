package dev.tourmaline.engine.internal.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Ignored;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.session.SessionKey;
import java.io.IOException;
import java.util.Optional;

/** The general path: reads any frame with Jackson's streaming parser, and words every fault. */
final class JacksonFieldReader implements FieldReader {

  static final int LONGEST_TEXT = 65_536;

  private static final int SURELY_SHORT = LONGEST_TEXT / 3;
  private static final int FRAME = -1;
  private static final String TEXT = "a text or null";
  private static final String TIME =
      "a number of seconds since 1970, between the years 2000 and 9999";
  private static final String WHOLE = "a whole number from 0 to 2147483647";

  private final JsonParser parser;
  private final String[] repeated = new String[Field.values().length];
  private Faults faults;
  private int action = FRAME;
  private JsonToken token = JsonToken.NOT_AVAILABLE;
  private char[] chars = {};
  private int offset;
  private int length;

  JacksonFieldReader(JsonParser parser, Faults faults) {
    this.parser = parser;
    this.faults = faults;
  }

  @Override
  public Optional<DecodeResult> begin() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return Optional.of(new Ignored("heartbeat"));
    }
    return first == JsonToken.START_OBJECT
        ? Optional.empty()
        : Optional.of(Rejections.wrongType(place(), parser, "a JSON object"));
  }

  @Override
  public Optional<DecodeResult> end() throws IOException {
    return parser.nextToken() == null ? Optional.empty() : Optional.of(Rejections.trailing(parser));
  }

  @Override
  public Field next(Field previous, FieldOrder order) throws IOException {
    String name = parser.nextFieldName();
    Field field = name == null ? Field.NONE : Field.named(name);
    if (faults.any()) {
      faults.remove(field);
    }
    return field;
  }

  /** Moves on to the value of the field whose name was read last. */
  private void advance() throws IOException {
    token = parser.nextToken();
    if (token.isScalarValue()) {
      chars = parser.getTextCharacters();
      offset = parser.getTextOffset();
      length = parser.getTextLength();
    }
  }

  @Override
  public String text(Field field) throws IOException {
    advance();
    return isText(field) ? new String(chars, offset, length) : "";
  }

  @Override
  public String pooled(Field field) throws IOException {
    return text(field);
  }

  @Override
  public String repeated(Field field) throws IOException {
    String text = text(field);
    if (!text.equals(repeated[field.ordinal()])) {
      repeated[field.ordinal()] = text;
    }
    return repeated[field.ordinal()];
  }

  @Override
  public long micros(Field field) throws IOException {
    advance();
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

  @Override
  public int whole(Field field, int absent) throws IOException {
    advance();
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

  @Override
  public int count(Field field, int absent, int nothing) throws IOException {
    advance();
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

  @Override
  public void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  @Override
  public boolean beginActions(Field field) throws IOException {
    advance();
    if (token != JsonToken.START_ARRAY && token != JsonToken.VALUE_NULL) {
      wrongType(field, "a list of actions");
    }
    return token == JsonToken.START_ARRAY;
  }

  @Override
  public boolean hasAction() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  @Override
  public Optional<Rejected> beginAction(int index, Faults faults) throws IOException {
    this.action = index;
    this.faults = faults;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return Optional.empty();
    }
    Rejected rejected = Rejections.wrongType(place(), parser, "an action object");
    parser.skipChildren();
    return Optional.of(rejected);
  }

  @Override
  public void skipAction() throws IOException {
    parser.skipChildren();
  }

  @Override
  public void endActions(Faults faults) {
    this.action = FRAME;
    this.faults = faults;
  }

  @Override
  public String place() {
    return action == FRAME ? "the frame" : "actions[" + action + "]";
  }

  /** Notes that the current value is of the wrong type, and skips it. */
  private void wrongType(Field field, String right) throws IOException {
    faults.add(field, Rejections.wrongType(where(field), parser, right));
    parser.skipChildren();
  }

  private boolean isText(Field field) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return field.isId ? isShortId(field) : length <= SURELY_SHORT || isShortEnough(field);
    }
    if (token != JsonToken.VALUE_NULL) {
      wrongType(field, TEXT);
    }
    return false;
  }

  private boolean isShortId(Field field) {
    boolean fits = length <= SessionKey.LONGEST_ID;
    if (!fits) {
      faults.add(field, Rejections.idTooLong(where(field), length));
    }
    return fits;
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
