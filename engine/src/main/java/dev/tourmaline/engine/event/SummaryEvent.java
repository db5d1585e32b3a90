package dev.tourmaline.engine.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A prose summary of a session, written by the connector's language model.
 *
 * @param productId the connector's product identifier, or empty text
 * @param sessionId the session, or empty text
 * @param userId the user, or empty text; the documented form has none
 * @param summary the prose
 * @param replaces how many actions the summary stands for; information only, 0 where absent
 * @param forwardedAt when the connector forwarded the summary; the epoch where absent
 */
public record SummaryEvent(
    String productId,
    String sessionId,
    String userId,
    String summary,
    int replaces,
    Instant forwardedAt)
    implements StreamEvent {

  /**
   * Checks its components.
   *
   * @param productId the product, or empty text
   * @param sessionId the session, or empty text
   * @param userId the user, or empty text
   * @param summary the prose
   * @param replaces how many actions it stands for
   * @param forwardedAt when it was forwarded
   * @throws NullPointerException naming the component that is null
   */
  public SummaryEvent {
    requireNonNull(productId, "productId");
    requireNonNull(sessionId, "sessionId");
    requireNonNull(userId, "userId");
    requireNonNull(summary, "summary");
    requireNonNull(forwardedAt, "forwardedAt");
  }

  @Override
  public String toString() {
    return "SummaryEvent[%s/%s, replaces %d, forwarded %s]"
        .formatted(productId, sessionId, replaces, forwardedAt);
  }
}
