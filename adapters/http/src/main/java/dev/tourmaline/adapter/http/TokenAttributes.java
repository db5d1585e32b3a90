package dev.tourmaline.adapter.http;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a token says of its visitor: the claim {@code attributes}, an object of texts, numbers and
 * booleans, and OpenID Connect's {@code zoneinfo}, his time zone, unless the attributes name one.
 */
final class TokenAttributes {

  static final int MOST = 50;
  static final int LONGEST = 256;

  private static final String CLAIM = "attributes";
  private static final String ZONE = "zoneinfo";

  private TokenAttributes() {}

  /** {@return what is wrong with them, in words that show none of them; empty if nothing is} */
  static Optional<String> fault(JWTClaimsSet claims) {
    Object claimed = claims.getClaim(CLAIM);
    if (claimed != null && !isInBounds(claimed)) {
      return Optional.of(
          "the token's attributes must be an object of at most %d texts, numbers and booleans, no name and no text longer than %d characters"
              .formatted(MOST, LONGEST));
    }
    Object zone = claims.getClaim(ZONE);
    return zone == null || isShort(zone)
        ? Optional.empty()
        : Optional.of(
            "the token's zoneinfo must be text of at most %d characters".formatted(LONGEST));
  }

  private static boolean isInBounds(Object claimed) {
    return claimed instanceof Map<?, ?> attributes
        && attributes.size() <= MOST
        && attributes.entrySet().stream()
            .allMatch(
                one ->
                    isShort(one.getKey())
                        && (one.getValue() instanceof Number
                            || one.getValue() instanceof Boolean
                            || isShort(one.getValue())));
  }

  private static boolean isShort(Object value) {
    return value instanceof String text && text.length() <= LONGEST;
  }

  /** {@return the attributes of claims without a fault} */
  static Map<String, Object> of(JWTClaimsSet claims) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (claims.getClaim(ZONE) instanceof String zone) {
      attributes.put(ZONE, zone);
    }
    if (claims.getClaim(CLAIM) instanceof Map<?, ?> claimed) {
      claimed.forEach((name, value) -> attributes.put((String) name, value));
    }
    return Map.copyOf(attributes);
  }
}
