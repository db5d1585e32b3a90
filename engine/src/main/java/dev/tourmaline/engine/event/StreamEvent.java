package dev.tourmaline.engine.event;

/**
 * One event of the connector's stream, decoded.
 *
 * <p>Text that the connector left out or sent as null is the empty string in every event type; a
 * time that it left out is {@link java.util.Optional#empty()}. All event types are immutable and
 * thread-safe, and none shows an e-mail address in {@code toString}.
 */
public sealed interface StreamEvent permits ActionsEvent, SummaryEvent, TriggerEvent {

  /** {@return the connector's product identifier, or empty text} */
  String productId();

  /** {@return the session's id, or empty text where the connector knows none} */
  String sessionId();

  /** {@return the user's id, or empty text where the connector knows none} */
  String userId();
}
