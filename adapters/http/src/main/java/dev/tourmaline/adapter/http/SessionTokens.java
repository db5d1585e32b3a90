package dev.tourmaline.adapter.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tourmaline.engine.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The tokens with which a browser shows whose session it is: JSON Web Tokens signed with HS256,
 * {@code aud} "tourmaline", {@code product}, {@code exp} at most one hour ahead, and {@code
 * session} or {@code sub} (the user's id). What they say of the visitor in {@code attributes} (at
 * most 50 texts, numbers and booleans) and {@code zoneinfo} the audiences of rules can ask for.
 *
 * <p>The page's own server issues them, with {@link #issueForSession} or any JWT library; {@link
 * TourServer} verifies them. Several secrets may be known while they rotate: the first one signs,
 * all of them verify. Immutable and thread-safe; {@code toString} shows no secret.
 */
public final class SessionTokens {

  /** What {@code aud} must hold. */
  public static final String AUDIENCE = "tourmaline";

  /** How far ahead {@code exp} may lie: one hour. */
  public static final Duration LONGEST_VALIDITY = Duration.ofHours(1);

  /** How much the clocks of issuer and verifier may differ where a token is issued for the hour. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  /** How long after its end a token is told from one that never was good: a night and a day. */
  private static final Duration RENEWABLE = Duration.ofHours(24);

  private static final int SHORTEST_SECRET = 32;
  private static final int LONGEST_TOKEN = 8192;

  private final MACSigner signer;
  private final List<JWSVerifier> verifiers;
  private final InstantSource clock;

  private SessionTokens(MACSigner signer, List<JWSVerifier> verifiers, InstantSource clock) {
    this.signer = signer;
    this.verifiers = List.copyOf(verifiers);
    this.clock = clock;
  }

  /**
   * {@return tokens with one secret and the system's clock}
   *
   * @param secret the secret shared with whoever issues tokens, at least 32 bytes of UTF-8
   * @throws IllegalArgumentException if the secret is too short
   */
  public static SessionTokens of(String secret) {
    return builder().secret(secret).build();
  }

  /** {@return a builder without a secret} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return a token that opens one session's stream}
   *
   * @param session the session
   * @param validity how long it is valid from now, at most one hour
   * @throws IllegalArgumentException if the validity is out of range
   */
  public String issueForSession(SessionKey session, Duration validity) {
    return sign(
        claims(session.productId(), validity).claim("session", session.sessionId()).build());
  }

  /**
   * {@return a token that opens any session of one user; what is delivered on it are triggers whose
   * user is that one, so nothing before actions have shown whose session it is}
   *
   * @param productId the product
   * @param userId the user's id as the connector knows it
   * @param validity how long it is valid from now, at most one hour
   * @throws IllegalArgumentException if the validity is out of range, or an id is blank
   */
  public String issueForUser(String productId, String userId, Duration validity) {
    if (productId.isBlank() || userId.isBlank()) {
      throw new IllegalArgumentException("a user's token needs a product id and a user id");
    }
    return sign(claims(productId, validity).subject(userId).build());
  }

  private JWTClaimsSet.Builder claims(String productId, Duration validity) {
    if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "validity is " + validity + ", it must be more than zero and at most one hour");
    }
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .audience(AUDIENCE)
        .claim("product", productId)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(validity)));
  }

  private String sign(JWTClaimsSet claims) {
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the token could not be signed", e);
    }
    return jwt.serialize();
  }

  Verification verify(String token) {
    if (token.isEmpty()) {
      return new Verification.Refused("a session token is missing");
    }
    if (token.length() > LONGEST_TOKEN) {
      return new Verification.Refused("the token is longer than " + LONGEST_TOKEN + " characters");
    }
    JWTClaimsSet claims;
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
        return new Verification.Refused("the token must be signed with HS256");
      }
      if (!isSignedByUs(jwt)) {
        return new Verification.Refused("the token's signature does not match");
      }
      claims = jwt.getJWTClaimsSet();
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return new Verification.Refused("the token is no signed JSON Web Token");
    }
    return judge(claims);
  }

  private boolean isSignedByUs(SignedJWT jwt) throws JOSEException {
    for (JWSVerifier verifier : verifiers) {
      if (jwt.verify(verifier)) {
        return true;
      }
    }
    return false;
  }

  private Verification judge(JWTClaimsSet claims) {
    if (claims.getAudience() == null || !claims.getAudience().contains(AUDIENCE)) {
      return new Verification.Refused("the token's aud must be \"" + AUDIENCE + "\"");
    }
    String product = text(claims, "product");
    if (product.isEmpty()) {
      return new Verification.Refused("the token's product is missing");
    }
    String session = text(claims, "session");
    String user = text(claims, "sub");
    if (session.isEmpty() && user.isEmpty()) {
      return new Verification.Refused("the token must hold session or sub");
    }
    for (String id : List.of(product, session, user)) {
      if (id.length() > SessionKey.LONGEST_ID) {
        return new Verification.Refused(
            "the token's product, session and sub must have at most %d characters"
                .formatted(SessionKey.LONGEST_ID));
      }
    }
    Date expiry = claims.getExpirationTime();
    Instant now = clock.instant();
    if (expiry == null) {
      return new Verification.Refused("the token's exp is missing");
    }
    Instant expiresAt = expiry.toInstant();
    if (expiresAt.isAfter(now.plus(LONGEST_VALIDITY).plus(CLOCK_SKEW))) {
      return new Verification.Refused("the token's exp must be at most one hour ahead");
    }
    Optional<String> attributesFault = TokenAttributes.fault(claims);
    if (attributesFault.isPresent()) {
      return new Verification.Refused(attributesFault.get());
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && notBefore.toInstant().isAfter(now.plus(CLOCK_SKEW))) {
      return new Verification.Refused("the token is not valid yet");
    }
    SessionToken token =
        new SessionToken(product, session, user, expiresAt, TokenAttributes.of(claims));
    if (expiresAt.isAfter(now)) {
      return new Verification.Accepted(token);
    }
    return now.isBefore(expiresAt.plus(RENEWABLE))
        ? new Verification.Expired(token)
        : new Verification.Refused(Verification.HAS_EXPIRED);
  }

  /** Exactly as it was signed: what differs by a space is another's. */
  private static String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String value && !value.isBlank() ? value : "";
  }

  @Override
  public String toString() {
    return "SessionTokens[" + verifiers.size() + " secrets]";
  }

  /** What became of a token. */
  sealed interface Verification {

    String HAS_EXPIRED = "the token has expired";

    /** It is good. */
    record Accepted(SessionToken token) implements Verification {}

    /** It was good until its end, which is less than a day ago. */
    record Expired(SessionToken token) implements Verification {}

    /** It is not; why, in words that show nothing of it. */
    record Refused(String why) implements Verification {}
  }

  /** Builds {@link SessionTokens}. Not thread-safe. */
  public static final class Builder {

    private final List<String> secrets = new ArrayList<>();
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /**
     * {@return this builder, with one secret more; the first signs, all verify}
     *
     * @param secret at least 32 bytes of UTF-8
     */
    public Builder secret(String secret) {
      secrets.add(Objects.requireNonNull(secret, "secret"));
      return this;
    }

    /**
     * {@return this builder, with the clock that validity is judged by; default the system's}
     *
     * @param clock the clock
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * {@return the tokens}
     *
     * @throws IllegalArgumentException naming every fault, and no secret
     */
    public SessionTokens build() {
      List<String> faults = new ArrayList<>();
      if (secrets.isEmpty()) {
        faults.add("there is no secret, there must be at least one");
      }
      List<byte[]> keys = new ArrayList<>();
      for (int i = 0; i < secrets.size(); i++) {
        byte[] key = secrets.get(i).getBytes(StandardCharsets.UTF_8);
        keys.add(key);
        if (key.length < SHORTEST_SECRET) {
          faults.add(
              "secret %d is %d bytes long, it must be at least %d"
                  .formatted(i + 1, key.length, SHORTEST_SECRET));
        }
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      try {
        List<JWSVerifier> verifiers = new ArrayList<>();
        for (byte[] key : keys) {
          verifiers.add(new MACVerifier(key));
        }
        return new SessionTokens(new MACSigner(keys.get(0)), verifiers, clock);
      } catch (JOSEException e) {
        throw new IllegalArgumentException("a secret cannot be used with HS256", e);
      }
    }
  }
}
