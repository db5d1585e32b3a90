package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.engine.session.SessionKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request's JSON object; collects every fault that is found in it. For one thread. */
final class JsonBody {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The end of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private final ObjectNode object;
  private final List<String> faults = new ArrayList<>();

  private JsonBody(ObjectNode object) {
    this.object = object;
  }

  /** {@return the object, or empty if the bytes hold no JSON object} */
  static Optional<JsonBody> parse(byte[] utf8) {
    try {
      return MAPPER.readTree(utf8) instanceof ObjectNode object
          ? Optional.of(new JsonBody(object))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String required(String key) {
    JsonNode node = object.path(key);
    if (!node.isTextual() || node.textValue().isBlank()) {
      faults.add(key + (node.isMissingNode() ? " is missing" : " must be text that is not blank"));
      return "";
    }
    return node.textValue();
  }

  /** {@return an id, which tables keep} */
  String requiredId(String key) {
    return bounded(key, required(key));
  }

  String optionalId(String key) {
    return bounded(key, optional(key));
  }

  private String bounded(String key, String id) {
    if (id.length() <= SessionKey.LONGEST_ID) {
      return id;
    }
    faults.add(
        "%s has %d characters, it must have at most %d"
            .formatted(key, id.length(), SessionKey.LONGEST_ID));
    return "";
  }

  String optional(String key) {
    JsonNode node = object.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    if (!node.isTextual()) {
      faults.add(key + " must be text");
      return "";
    }
    return node.textValue();
  }

  int optionalCount(String key) {
    JsonNode node = object.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return 0;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      faults.add(key + " must be a whole number from 0 on");
      return 0;
    }
    return node.intValue();
  }

  boolean optionalFlag(String key, boolean otherwise) {
    JsonNode node = object.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      faults.add(key + " must be true or false");
    }
    return node.booleanValue();
  }

  boolean requiredFlag(String key) {
    if (object.path(key).isMissingNode()) {
      faults.add(key + " is missing");
    } else if (!object.path(key).isBoolean()) {
      faults.add(key + " must be true or false");
    }
    return object.path(key).booleanValue();
  }

  /** {@return a time in seconds since the epoch; empty if there is none} */
  Optional<Instant> optionalTime(String key) {
    JsonNode node = object.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isNumber() || node.doubleValue() < 0 || node.doubleValue() > LAST_SECOND) {
      faults.add(key + " must be a time in seconds since the epoch, from 0 to " + LAST_SECOND);
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochMilli((long) (node.doubleValue() * 1_000)));
  }

  /** {@return the constant that the text names in lower case; the first one if it is a fault} */
  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    E[] constants = type.getEnumConstants();
    String text = required(key);
    for (E constant : constants) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    if (!text.isEmpty()) {
      faults.add(
          "%s is \"%s\", it must be one of %s"
              .formatted(
                  key,
                  text.length() <= 40 ? text : text.substring(0, 40) + "...",
                  String.join(", ", Arrays.stream(constants).map(JsonBody::word).toList())));
    }
    return constants[0];
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  List<String> faults() {
    return faults;
  }
}
