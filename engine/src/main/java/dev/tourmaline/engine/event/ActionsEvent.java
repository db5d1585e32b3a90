package dev.tourmaline.engine.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of user interface actions, as the connector forwards it.
 *
 * @param productId the connector's product identifier, or empty text
 * @param sessionId the batch's session, or empty text; an action's own session wins over it
 * @param userId the batch's user, or empty text; an action's own user wins over it
 * @param email the user's e-mail address, or empty text
 * @param conversationId the conversation the batch belongs to, or empty text
 * @param forwardedAt when the connector forwarded the batch, to the microsecond; the epoch where
 *     absent
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
   * @throws NullPointerException naming the component that is null
   */
  public ActionsEvent {
    requireNonNull(productId, "productId");
    requireNonNull(sessionId, "sessionId");
    requireNonNull(userId, "userId");
    requireNonNull(email, "email");
    requireNonNull(conversationId, "conversationId");
    requireNonNull(forwardedAt, "forwardedAt");
    actions = List.copyOf(requireNonNull(actions, "actions"));
  }

  /**
   * {@return a builder of a batch}
   *
   * @param productId the connector's product identifier
   */
  public static Builder builder(String productId) {
    return new Builder(productId);
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

  /** Builds an {@link ActionsEvent}. Not thread-safe. Everything not set is absent. */
  public static final class Builder {

    private final String productId;
    private final List<UiAction> actions = new ArrayList<>();
    private String sessionId = "";
    private String userId = "";
    private String email = "";
    private String conversationId = "";
    private Instant forwardedAt = Instant.EPOCH;

    private Builder(String productId) {
      this.productId = requireNonNull(productId, "productId");
    }

    /**
     * {@return this builder, with the batch's session}
     *
     * @param sessionId the session's id, or empty text
     */
    public Builder sessionId(String sessionId) {
      this.sessionId = requireNonNull(sessionId, "sessionId");
      return this;
    }

    /**
     * {@return this builder, with the batch's user}
     *
     * @param userId the user's id, or empty text
     */
    public Builder userId(String userId) {
      this.userId = requireNonNull(userId, "userId");
      return this;
    }

    /**
     * {@return this builder, with the user's e-mail address}
     *
     * @param email the address, or empty text
     */
    public Builder email(String email) {
      this.email = requireNonNull(email, "email");
      return this;
    }

    /**
     * {@return this builder, with the conversation}
     *
     * @param conversationId the conversation's id, or empty text
     */
    public Builder conversationId(String conversationId) {
      this.conversationId = requireNonNull(conversationId, "conversationId");
      return this;
    }

    /**
     * {@return this builder, with the time at which the batch was forwarded}
     *
     * @param forwardedAt the time; the epoch where it is unknown
     */
    public Builder forwardedAt(Instant forwardedAt) {
      this.forwardedAt = requireNonNull(forwardedAt, "forwardedAt");
      return this;
    }

    /**
     * {@return this builder, with one more action}
     *
     * @param action follows those added before
     */
    public Builder action(UiAction action) {
      actions.add(requireNonNull(action, "action"));
      return this;
    }

    /**
     * {@return this builder, with more actions}
     *
     * @param more follow those added before
     */
    public Builder actions(List<UiAction> more) {
      more.forEach(this::action);
      return this;
    }

    /** {@return the batch} */
    public ActionsEvent build() {
      return new ActionsEvent(
          productId, sessionId, userId, email, conversationId, forwardedAt, actions);
    }
  }
}
