package dev.tourmaline.engine.session;

import java.util.Objects;

/**
 * The key of one user session, by which events are partitioned: its product and its id within it.
 *
 * <p>Where an action carries no session id, its user id stands in for it. Immutable; usable as a
 * map key. Ordered by product, then session, so that the maps of the JDK stay fast whatever ids
 * visitors choose: entries of equal hash form a tree.
 *
 * @param productId the connector's product identifier, never blank
 * @param sessionId the session's id, or the user's where no session is known; never blank
 */
public record SessionKey(String productId, String sessionId) implements Comparable<SessionKey> {

  /**
   * The most characters of an id that events may carry, of a product, a session or a user; longer
   * ones are rejected.
   */
  public static final int LONGEST_ID = 512;

  /**
   * Checks both parts.
   *
   * @param productId the product, never blank
   * @param sessionId the session, never blank
   * @throws IllegalArgumentException if a part is blank
   */
  public SessionKey {
    Objects.requireNonNull(productId, "productId");
    Objects.requireNonNull(sessionId, "sessionId");
    if (productId.isBlank() || sessionId.isBlank()) {
      throw new IllegalArgumentException(
          "a session needs a product id and a session id, not '%s' and '%s'"
              .formatted(productId, sessionId));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionKey that
        && sessionId.equals(that.sessionId)
        && productId.equals(that.productId);
  }

  @Override
  public int hashCode() {
    // Product ids are few and sessions many: the session's own hash spreads well enough.
    return sessionId.hashCode() * 31 + productId.hashCode();
  }

  @Override
  public int compareTo(SessionKey other) {
    int byProduct = productId.compareTo(other.productId);
    return byProduct == 0 ? sessionId.compareTo(other.sessionId) : byProduct;
  }

  @Override
  public String toString() {
    return productId + "/" + sessionId;
  }
}
