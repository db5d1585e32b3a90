package dev.tourmaline.storefront;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is visiting: each person's cookie leads to their own session and to nobody else's.
 * Thread-safe.
 */
final class BrowserSessions {

  private static final int REMEMBERED = 1000;

  private final SecureRandom random = new SecureRandom();
  private int newVisitors;
  private final Map<String, BrowserSession> byCookie =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BrowserSession> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * One person's session.
   *
   * @param cookie the cookie's value, a secret
   * @param persona who the person looks like
   * @param userId whom the policy takes the person for
   * @param sessionId the session as the connector knows it
   */
  record BrowserSession(String cookie, Persona persona, String userId, String sessionId) {

    @Override
    public String toString() {
      return "BrowserSession[" + sessionId + "]";
    }
  }

  static String cookieName(String personaId) {
    return "visit_" + personaId;
  }

  BrowserSession begin(Persona persona) {
    return begin(persona, persona.userId());
  }

  /** Begins the session of a new visitor, whom no tour was shown to yet. */
  synchronized BrowserSession beginAnew(Persona persona) {
    newVisitors++;
    return begin(persona, persona.userId() + "-" + (newVisitors + 1));
  }

  private synchronized BrowserSession begin(Persona persona, String userId) {
    BrowserSession session =
        new BrowserSession(randomText(18), persona, userId, "ps_" + randomText(9));
    byCookie.put(session.cookie(), session);
    return session;
  }

  /** {@return the session that the cookie stands for, if it is that person's} */
  synchronized Optional<BrowserSession> find(String personaId, String cookie) {
    return Optional.ofNullable(byCookie.get(cookie))
        .filter(session -> session.persona().id().equals(personaId));
  }

  private String randomText(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
