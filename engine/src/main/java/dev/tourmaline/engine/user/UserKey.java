package dev.tourmaline.engine.user;

import dev.tourmaline.engine.session.SessionKey;
import java.util.Objects;

/**
 * Whom policy remembers: a user of a product, or a session whose user is not known. Immutable;
 * usable as a map key, ordered as {@link SessionKey} is and for the same reason.
 *
 * @param productId the product
 * @param id the user's id, or the session's
 * @param isUser whether it is a user's
 */
public record UserKey(String productId, String id, boolean isUser) implements Comparable<UserKey> {

  /**
   * Checks that nothing is missing.
   *
   * @param productId the product
   * @param id the user's id, or the session's
   * @param isUser whether it is a user's
   */
  public UserKey {
    Objects.requireNonNull(productId, "productId");
    Objects.requireNonNull(id, "id");
  }

  /**
   * {@return the key of a user}
   *
   * @param productId the product
   * @param userId the user
   */
  public static UserKey ofUser(String productId, String userId) {
    return new UserKey(productId, userId, true);
  }

  /**
   * {@return the key of a session whose user is not known}
   *
   * @param session the session
   */
  public static UserKey ofSession(SessionKey session) {
    return new UserKey(session.productId(), session.sessionId(), false);
  }

  @Override
  public int compareTo(UserKey that) {
    int order = id.compareTo(that.id);
    if (order == 0) {
      order = productId.compareTo(that.productId);
    }
    return order == 0 ? Boolean.compare(isUser, that.isUser) : order;
  }
}
