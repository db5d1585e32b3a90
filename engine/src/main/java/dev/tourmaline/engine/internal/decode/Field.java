package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.session.SessionKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields that the wire format knows, in the order in which it documents them. */
enum Field {
  INDEX("index"),
  TYPE("type"),
  TITLE("title"),
  DESCRIPTION("description"),
  TIMESTAMP_START("timestamp_start"),
  TIMESTAMP_END("timestamp_end"),
  RAW_URL("raw_url"),
  CANONICAL_URL("canonical_url"),
  PRODUCT_ID("product_id"),
  SESSION_ID("session_id"),
  USER_ID("user_id"),
  EMAIL("email"),
  CONVERSATION_ID("conversation_id"),
  COUNT("count"),
  SUMMARY("summary"),
  REPLACES("replaces"),
  FLOW_ID("flow_id"),
  REASON("reason"),
  FORWARDED_AT("forwarded_at"),
  ACTIONS("actions"),
  /** A field of any other name. */
  UNKNOWN(""),
  /** No field: the object's beginning or end. */
  NONE("");

  private static final Map<String, Field> BY_NAME =
      Arrays.stream(values())
          .filter(field -> !field.text.isEmpty())
          .collect(Collectors.toMap(field -> field.text, Function.identity()));

  final String text;
  final FieldName name;

  /** Whether it is an id that tables keep, and the most bytes that it surely may have. */
  final boolean isId;

  final int surelyFits;

  Field(String text) {
    this.text = text;
    this.name = new FieldName(text);
    this.isId = Set.of("product_id", "session_id", "user_id", "flow_id").contains(text);
    this.surelyFits = isId ? SessionKey.LONGEST_ID : JacksonFieldReader.LONGEST_TEXT;
  }

  static Field named(String name) {
    return BY_NAME.getOrDefault(name, UNKNOWN);
  }
}
