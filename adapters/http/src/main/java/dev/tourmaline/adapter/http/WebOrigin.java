package dev.tourmaline.adapter.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The origin of a page as browsers send it in {@code Origin}: scheme, host, and the port where it
 * is not the scheme's own (RFC 6454). Immutable.
 *
 * @param text such as {@code https://app.example.com}
 */
public record WebOrigin(String text) {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * Checks the text.
   *
   * @param text such as {@code https://app.example.com}
   * @throws IllegalArgumentException if no browser would send it
   */
  public WebOrigin {
    String given = text;
    fault(text)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("origin \"%s\" %s".formatted(given, fault));
            });
  }

  /**
   * {@return what a text would have to be for a browser to send it as an origin, without quoting
   * it; empty if it is one}
   *
   * @param text any text
   */
  public static Optional<String> fault(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      return Optional.of("must look like https://app.example.com");
    }
    String scheme = String.valueOf(uri.getScheme());
    String authority = uri.getRawAuthority();
    if (authority == null
        || uri.getRawUserInfo() != null
        || authority.contains("@")
        || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
        || !text.equals(scheme + "://" + authority)) {
      return Optional.of("must look like https://app.example.com");
    }
    if (!text.equals(text.toLowerCase(Locale.ROOT))) {
      return Optional.of("must be in lower case, as browsers send it");
    }
    if (uri.getHost() == null) {
      return Optional.of("must have a host of letters a to z, digits, - and .");
    }
    int port = uri.getPort();
    if (port == 0 || port > 65_535) {
      return Optional.of("must have a port from 1 to 65535");
    }
    if (port == (scheme.equals("https") ? 443 : 80) || authority.endsWith(":")) {
      return Optional.of("must leave out the port of its scheme, as browsers do");
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
