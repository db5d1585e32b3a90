package dev.tourmaline.storefront;

import java.time.Instant;

/**
 * One user interface action as the capture script saw it and the server knows whose it is.
 *
 * @param sessionId the visit's session
 * @param userId the user's distinct id
 * @param email the user's address, from the identity store; it goes to the connector's subscribers
 *     and to no page
 * @param type pageview, click, submit, type, focus or blur
 * @param title the label
 * @param description what the user did, in words
 * @param at when it began
 * @param rawUrl the URL as the browser showed it
 * @param canonicalUrl the URL with {@code :id} for its variable parts
 */
public record CapturedAction(
    String sessionId,
    String userId,
    String email,
    String type,
    String title,
    String description,
    Instant at,
    String rawUrl,
    String canonicalUrl) {

  @Override
  public String toString() {
    return "CapturedAction[%s %s '%s' at %s]".formatted(sessionId, type, title, at);
  }
}
