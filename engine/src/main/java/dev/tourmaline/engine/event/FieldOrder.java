package dev.tourmaline.engine.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds out which field comes next. Objects of one kind have their fields in the same order nearly
 * always, so that the name is first compared with the one that followed here last time; only
 * another name is looked up.
 *
 * <p>Threads share what was learnt without locks: a lost or stale guess costs one look-up.
 */
final class FieldOrder {

  private final Field[] followers = new Field[Field.values().length];

  FieldOrder() {
    Arrays.fill(followers, Field.UNKNOWN);
  }

  /** {@return the field whose name comes next; NONE at the object's end} */
  Field after(Field previous, JsonParser parser) throws IOException {
    Field guess = followers[previous.ordinal()];
    if (parser.nextFieldName(guess.name) && guess != Field.UNKNOWN) {
      return guess;
    }
    if (parser.currentToken() != JsonToken.FIELD_NAME) {
      return Field.NONE;
    }
    Field field = Field.named(parser.currentName());
    followers[previous.ordinal()] = field;
    return field;
  }
}
