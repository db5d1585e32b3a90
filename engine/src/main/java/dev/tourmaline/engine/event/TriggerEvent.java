package dev.tourmaline.engine.event;

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
    implements StreamEvent {}
