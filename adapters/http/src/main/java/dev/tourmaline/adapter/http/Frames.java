package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events as bytes: heartbeats, comments, and triggers in their four documented keys.
 */
final class Frames {

  /** The connector's heartbeat. */
  static final byte[] HEARTBEAT = utf8("event: heartbeat\ndata:\n\n");

  private Frames() {}

  static byte[] comment(String text) {
    return utf8(": " + text + "\n\n");
  }

  /** The form for browsers: the trigger's id is the event's. */
  static byte[] forBrowser(TourTrigger trigger) {
    return utf8("id: " + trigger.id() + "\ndata: " + fourKeys(trigger) + "\n\n");
  }

  /** The connector's own form, without an id. */
  static byte[] forServer(TourTrigger trigger) {
    return utf8("data: " + fourKeys(trigger) + "\n\n");
  }

  /** {@return whether the id fits into one line of a stream} */
  static boolean isUsableId(String id) {
    return !id.isBlank() && id.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
  }

  private static String fourKeys(TourTrigger trigger) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "usertour_trigger")
        .put("product_id", trigger.session().productId())
        .put("session_id", trigger.session().sessionId())
        .put("flow_id", trigger.flowId())
        .toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
