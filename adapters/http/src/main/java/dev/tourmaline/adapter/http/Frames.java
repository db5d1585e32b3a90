package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Server-sent events as bytes: heartbeats, comments, and triggers in their four documented keys.
 */
final class Frames {

  static final String CONTENT_TYPE = "text/event-stream;charset=utf-8";

  /** The connector's heartbeat. */
  static final byte[] HEARTBEAT = utf8("event: heartbeat\ndata:\n\n");

  private Frames() {}

  static byte[] comment(String text) {
    return utf8((text.isEmpty() ? ":" : ": " + text) + "\n\n");
  }

  /**
   * The form for browsers: the trigger's id is the event's, and on what terms the page may start it
   * stands in a field {@code terms}, which other clients of event streams ignore.
   *
   * @param left of its time to live
   */
  static byte[] forBrowser(TourTrigger trigger, Duration left) {
    return utf8(
        "id: %s\ndata: %s\nterms: %s\n\n"
            .formatted(trigger.id(), fourKeys(trigger), terms(trigger, left)));
  }

  private static String terms(TourTrigger trigger, Duration left) {
    ObjectNode terms = JsonNodeFactory.instance.objectNode();
    Offer offer = trigger.offer();
    if (!offer.places().isEmpty()) {
      offer.places().forEach(terms.putArray("show_on")::add);
    }
    if (!offer.terms().element().isEmpty()) {
      terms.put("element", offer.terms().element());
    }
    if (trigger.invite()) {
      terms.put("invite", true);
    }
    if (offer.moment().cause() == Moment.Cause.TIME) {
      terms.put("present", true);
    }
    return terms.put("expires_in", left.toMillis() / 1000.0).toString();
  }

  /** The connector's own form, without an id. */
  static byte[] forServer(TourTrigger trigger) {
    return utf8("data: " + fourKeys(trigger) + "\n\n");
  }

  /** A named event without an id, after which a client is to connect again. */
  static byte[] comeAgain(Duration after, String event, String why) {
    return utf8(
        "retry: %d\nevent: %s\ndata: %s\n\n"
            .formatted(
                after.toMillis(), event, JsonNodeFactory.instance.objectNode().put("error", why)));
  }

  /** {@return whether the id fits into one line of a stream} */
  static boolean isUsableId(String id) {
    return !id.isBlank() && id.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
  }

  /** Loads what the first frame needs, which takes a new process a tenth of a second. */
  static void prepare() {
    Offer offer = Offer.withoutRule("", new SessionKey("p", "s"), "", "", "", Instant.EPOCH);
    forBrowser(TourTrigger.inbound(offer, Instant.EPOCH), Duration.ZERO);
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
