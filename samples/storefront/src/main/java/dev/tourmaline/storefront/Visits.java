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
final class Visits {

  private static final int REMEMBERED = 1000;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Visit> byCookie =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Visit> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * One person's visit.
   *
   * @param cookie the cookie's value, a secret
   * @param persona the person
   * @param sessionId the session as the connector knows it
   */
  record Visit(String cookie, Persona persona, String sessionId) {

    @Override
    public String toString() {
      return "Visit[" + sessionId + "]";
    }
  }

  static String cookieName(String personaId) {
    return "visit_" + personaId;
  }

  synchronized Visit begin(Persona persona) {
    Visit visit = new Visit(randomText(18), persona, "ps_" + randomText(9));
    byCookie.put(visit.cookie(), visit);
    return visit;
  }

  /** {@return the visit that the cookie stands for, if it is that person's} */
  synchronized Optional<Visit> find(String personaId, String cookie) {
    return Optional.ofNullable(byCookie.get(cookie))
        .filter(visit -> visit.persona().id().equals(personaId));
  }

  private String randomText(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
