package dev.tourmaline.adapter.http;

import java.time.Instant;

/**
 * What a verified token allows.
 *
 * @param productId its product
 * @param session the one session it opens, or empty text
 * @param user the user whose triggers it opens, or empty text; not both are empty
 * @param expiresAt when it ends
 */
record SessionToken(String productId, String session, String user, Instant expiresAt) {

  boolean opens(String sessionId) {
    return session.isEmpty() || session.equals(sessionId);
  }

  /** A user id may be an e-mail address, so it is not shown. */
  @Override
  public String toString() {
    return "SessionToken[" + productId + ", until " + expiresAt + "]";
  }
}
