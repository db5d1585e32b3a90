package dev.tourmaline.adapter.http;

import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What a request shows to be let in. */
final class Credentials {

  /** The first is one that only the host itself can set; a neighbour's host cannot foist it. */
  private static final List<String> COOKIES =
      List.of("__Host-tourmaline_token", "tourmaline_token");

  private static final String BEARER = "bearer ";

  private Credentials() {}

  /**
   * A session token, and who has put it into the request.
   *
   * @param token the token, or empty text
   * @param byBrowser whether the browser did by itself, whichever page asked
   */
  record Shown(String token, boolean byBrowser) {}

  /** {@return the bearer token, else the cookie's, else empty text} */
  static Shown sessionToken(Request request) {
    String bearer = bearer(request);
    if (!bearer.isEmpty()) {
      return new Shown(bearer, false);
    }
    for (String name : COOKIES) {
      for (HttpCookie cookie : Request.getCookies(request)) {
        if (cookie.getName().equals(name)) {
          return new Shown(cookie.getValue(), true);
        }
      }
    }
    return new Shown("", false);
  }

  /** {@return the bearer token, or empty text} */
  static String bearer(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return "";
    }
    return header.substring(BEARER.length()).strip();
  }

  /**
   * Compares in a time that says nothing of where the two differ, nor of their lengths. Blank text
   * is never one of the expected.
   */
  static boolean isOneOf(String shown, List<Supplier<String>> expected) {
    byte[] digest = Sha256.of(shown);
    boolean found = false;
    for (Supplier<String> secret : expected) {
      String one = secret.get();
      found |= MessageDigest.isEqual(digest, Sha256.of(one)) && !one.isBlank();
    }
    return found;
  }
}
