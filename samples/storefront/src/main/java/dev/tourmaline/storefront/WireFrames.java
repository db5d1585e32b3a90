package dev.tourmaline.storefront;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Writes the connector's frames field by field, as the payload documentation shows them. */
final class WireFrames {

  private static final JsonFactory JSON = new JsonFactory();

  private WireFrames() {}

  /** {@return a batch of one session's actions, in order of time} */
  static byte[] actions(
      String productId, List<CapturedAction> actions, int firstIndex, Instant forwardedAt) {
    return object(
        json -> {
          CapturedAction first = actions.get(0);
          json.writeStringField("type", "actions");
          json.writeStringField("product_id", productId);
          whose(json, first);
          json.writeNumberField("count", actions.size());
          json.writeNumberField("forwarded_at", seconds(forwardedAt));
          json.writeArrayFieldStart("actions");
          for (int i = 0; i < actions.size(); i++) {
            CapturedAction action = actions.get(i);
            Instant end = actions.get(Math.min(i + 1, actions.size() - 1)).at();
            action(json, firstIndex + i, action, end);
          }
          json.writeEndArray();
        });
  }

  private static void action(JsonGenerator json, int index, CapturedAction action, Instant end)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", index);
    json.writeStringField("type", action.type());
    json.writeStringField("title", action.title());
    json.writeStringField("description", action.description());
    json.writeNumberField("timestamp_start", seconds(action.at()));
    json.writeNumberField("timestamp_end", seconds(end));
    json.writeStringField("raw_url", action.rawUrl());
    json.writeStringField("canonical_url", action.canonicalUrl());
    whose(json, action);
    json.writeEndObject();
  }

  private static void whose(JsonGenerator json, CapturedAction action) throws IOException {
    json.writeStringField("session_id", action.sessionId());
    json.writeStringField("user_id", action.userId());
    json.writeStringField("email", action.email());
  }

  /** {@return a prose summary of a session} */
  static byte[] summary(
      String productId, String sessionId, String summary, int replaces, Instant forwardedAt) {
    return object(
        json -> {
          json.writeStringField("type", "summary");
          json.writeStringField("product_id", productId);
          json.writeStringField("session_id", sessionId);
          json.writeStringField("summary", summary);
          json.writeNumberField("replaces", replaces);
          json.writeNumberField("forwarded_at", seconds(forwardedAt));
        });
  }

  /** {@return a tour that another system started} */
  static byte[] trigger(String productId, String sessionId, String flowId) {
    return object(
        json -> {
          json.writeStringField("type", "usertour_trigger");
          json.writeStringField("product_id", productId);
          json.writeStringField("session_id", sessionId);
          json.writeStringField("flow_id", flowId);
        });
  }

  private static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3);
  }

  private static byte[] object(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
