package dev.tourmaline.adapter.attributes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads attributes from JSON: texts, numbers and booleans; anything else is left out. */
final class AttributesReader {

  private static final int MOST = 200;
  private static final int LONGEST = 1_000;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
              .build());

  private AttributesReader() {}

  static JsonNode tree(byte[] json) throws IOException {
    JsonNode tree = MAPPER.readTree(json);
    if (!tree.isObject()) {
      throw new IOException("it holds no JSON object");
    }
    return tree;
  }

  static Map<String, Object> attributes(JsonNode object) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      if (attributes.size() >= MOST || field.getKey().length() > LONGEST) {
        continue;
      }
      if (value.isTextual() && value.textValue().length() <= LONGEST) {
        attributes.put(field.getKey(), value.textValue());
      } else if (value.isIntegralNumber() && value.canConvertToLong()) {
        attributes.put(field.getKey(), value.longValue());
      } else if (value.isNumber()) {
        attributes.put(field.getKey(), value.doubleValue());
      } else if (value.isBoolean()) {
        attributes.put(field.getKey(), value.booleanValue());
      }
    }
    return Map.copyOf(attributes);
  }
}
