package dev.tourmaline.storefront;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writes the connector's frames field by field, as the payload documentation shows them. */
final class WireFrames {

  private static final JsonNodeFactory JSON = new JsonNodeFactory(true);

  private WireFrames() {}

  /** {@return a batch of one session's actions, in order of time} */
  static byte[] actions(
      String productId, List<CapturedAction> actions, int firstIndex, Instant forwardedAt) {
    ObjectNode frame = frame("actions", productId);
    putOwner(frame, actions.get(0));
    frame.put("count", actions.size()).put("forwarded_at", seconds(forwardedAt));
    ArrayNode list = frame.putArray("actions");
    for (int i = 0; i < actions.size(); i++) {
      CapturedAction action = actions.get(i);
      Instant end = actions.get(Math.min(i + 1, actions.size() - 1)).at();
      ObjectNode node = list.addObject();
      node.put("index", firstIndex + i)
          .put("type", action.type())
          .put("title", action.title())
          .put("description", action.description())
          .put("timestamp_start", seconds(action.at()))
          .put("timestamp_end", seconds(end))
          .put("raw_url", action.rawUrl())
          .put("canonical_url", action.canonicalUrl());
      putOwner(node, action);
    }
    return utf8(frame);
  }

  private static void putOwner(ObjectNode node, CapturedAction action) {
    node.put("session_id", action.sessionId())
        .put("user_id", action.userId())
        .put("email", action.email());
  }

  static byte[] summary(
      String productId, String sessionId, String summary, int replaces, Instant forwardedAt) {
    return utf8(
        frame("summary", productId)
            .put("session_id", sessionId)
            .put("summary", summary)
            .put("replaces", replaces)
            .put("forwarded_at", seconds(forwardedAt)));
  }

  /** {@return a tour that another system started} */
  static byte[] trigger(String productId, String sessionId, String flowId) {
    return utf8(
        frame("usertour_trigger", productId).put("session_id", sessionId).put("flow_id", flowId));
  }

  private static ObjectNode frame(String type, String productId) {
    return JSON.objectNode().put("type", type).put("product_id", productId);
  }

  private static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3);
  }

  private static byte[] utf8(ObjectNode frame) {
    return frame.toString().getBytes(StandardCharsets.UTF_8);
  }
}
