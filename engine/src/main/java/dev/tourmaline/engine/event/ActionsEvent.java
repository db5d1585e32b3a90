package dev.tourmaline.engine.event;

import java.time.Instant;
import java.util.List;

/**
 * A batch of user interface actions, as the connector forwards it.
 *
 * @param productId the connector's product identifier, or empty text
 * @param sessionId the batch's session, or empty text; an action's own session wins over it
 * @param userId the batch's user, or empty text; an action's own user wins over it
 * @param email the user's e-mail address, or empty text
 * @param conversationId the conversation the batch belongs to, or empty text
 * @param forwardedAt when the connector forwarded the batch, to the microsecond; the epoch where it
 *     said nothing
 * @param actions the actions in the order of the list
 */
public record ActionsEvent(
    String productId,
    String sessionId,
    String userId,
    String email,
    String conversationId,
    Instant forwardedAt,
    List<UiAction> actions)
    implements StreamEvent {

  /**
   * Copies the list.
   *
   * @param productId the product, or empty text
   * @param sessionId the session, or empty text
   * @param userId the user, or empty text
   * @param email the user's e-mail address, or empty text
   * @param conversationId the conversation, or empty text
   * @param forwardedAt when the batch was forwarded
   * @param actions the actions
   */
  public ActionsEvent {
    actions = List.copyOf(actions);
  }

  /**
   * {@return this batch with other actions}
   *
   * @param others the actions
   */
  public ActionsEvent withActions(List<UiAction> others) {
    return new ActionsEvent(
        productId, sessionId, userId, email, conversationId, forwardedAt, others);
  }

  @Override
  public String toString() {
    return "ActionsEvent[%s/%s, %d actions, forwarded %s]"
        .formatted(productId, sessionId, actions.size(), forwardedAt);
  }
}
