package dev.tourmaline.engine.event;

import static java.util.Objects.requireNonNull;

/**
 * A tour that another system started, seen on the connector's stream.
 *
 * @param productId the connector's product identifier, or empty text
 * @param sessionId the session whose browser is to show the tour, or empty text
 * @param userId the user, from the longer form; else empty text
 * @param flowId the tour's id at its provider, or empty text
 * @param reason why, from the longer form; else empty text
 */
public record TriggerEvent(
    String productId, String sessionId, String userId, String flowId, String reason)
    implements StreamEvent {

  /**
   * Checks its components.
   *
   * @param productId the product, or empty text
   * @param sessionId the session, or empty text
   * @param userId the user, or empty text
   * @param flowId the tour's id, or empty text
   * @param reason why, or empty text
   * @throws NullPointerException naming the component that is null
   */
  public TriggerEvent {
    requireNonNull(productId, "productId");
    requireNonNull(sessionId, "sessionId");
    requireNonNull(userId, "userId");
    requireNonNull(flowId, "flowId");
    requireNonNull(reason, "reason");
  }
}
