package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * What a verified token allows.
 *
 * @param productId its product
 * @param session the one session it opens, or empty text
 * @param user the user whose triggers it opens, or empty text; not both are empty
 * @param expiresAt when it ends
 * @param attributes what it says of its visitor, for the audiences of rules
 */
record SessionToken(
    String productId,
    String session,
    String user,
    Instant expiresAt,
    Map<String, Object> attributes) {

  private static final Comparator<Subject> IN_ORDER =
      Comparator.comparing(Subject::productId)
          .thenComparing(Subject::isUser)
          .thenComparing(Subject::id);

  SessionToken(String productId, String session, String user, Instant expiresAt) {
    this(productId, session, user, expiresAt, Map.of());
  }

  /**
   * Whom a token was issued to, whose streams are counted together: a session, or a user where the
   * token names no session.
   *
   * @param productId the token's product
   * @param isUser whether the id is a user's
   * @param id the session or the user
   */
  record Subject(String productId, boolean isUser, String id) implements Comparable<Subject> {

    /** Whatever ids share a hash, a map keeps them in a tree. */
    @Override
    public int compareTo(Subject other) {
      return IN_ORDER.compare(this, other);
    }

    /** A user id may be an e-mail address, so it is not shown. */
    @Override
    public String toString() {
      return "Subject[" + productId + ", " + (isUser ? "a user" : id) + "]";
    }
  }

  Subject subject() {
    return new Subject(productId, !namesSession(), namesSession() ? session : user);
  }

  boolean namesSession() {
    return !session.isEmpty();
  }

  /** Whether it opens a trigger of a session that it opens. */
  boolean mayHave(TourTrigger trigger) {
    return user.isEmpty() || user.equals(trigger.userId());
  }

  boolean opens(String sessionId) {
    return !namesSession() || session.equals(sessionId);
  }

  /** A user id may be an e-mail address, and attributes anything, so neither is shown. */
  @Override
  public String toString() {
    return "SessionToken[" + productId + ", until " + expiresAt + "]";
  }
}
