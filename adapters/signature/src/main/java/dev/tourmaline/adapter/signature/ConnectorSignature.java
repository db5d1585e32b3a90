package dev.tourmaline.adapter.signature;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a body, and checks the signature of one, as the Autoplay connector does: the header {@value
 * #HEADER} carries {@code sha256=} and the lower-case hex HMAC-SHA256 of the raw body.
 *
 * <p>Several secrets may be valid at once, so that they can be rotated: the first one signs, any of
 * them verifies. The signature carries no time, so it does not protect against a replayed request.
 *
 * <p>Thread-safe. A secret appears in no message and not in {@link #toString()}.
 */
public final class ConnectorSignature {

  /** The request header that carries the signature. */
  public static final String HEADER = "X-Connector-Signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String SCHEME = "sha256=";
  private static final int DIGEST_BYTES = 32;

  private final Supplier<List<String>> secrets;

  private ConnectorSignature(Supplier<List<String>> secrets) {
    this.secrets = secrets;
  }

  /**
   * {@return signatures with fixed secrets}
   *
   * @param secrets at least one, none of them blank; the first one signs
   * @throws IllegalArgumentException if there is none, or one is blank
   */
  public static ConnectorSignature of(String... secrets) {
    List<String> fixed = List.of(secrets);
    if (fixed.isEmpty()) {
      throw new IllegalArgumentException("a signature needs at least one secret, none was given");
    }
    for (int i = 0; i < fixed.size(); i++) {
      if (fixed.get(i).isBlank()) {
        throw new IllegalArgumentException(
            "secret %d of %d is blank, it must hold the connector's webhook secret"
                .formatted(i + 1, fixed.size()));
      }
    }
    return new ConnectorSignature(() -> fixed);
  }

  /**
   * {@return signatures with secrets that may change while this is in use}
   *
   * @param secrets asked at each use for the secrets that are valid now; blank ones are passed
   *     over; with none left, nothing verifies
   */
  public static ConnectorSignature of(Supplier<List<String>> secrets) {
    return new ConnectorSignature(Objects.requireNonNull(secrets, "secrets"));
  }

  /**
   * {@return the header's value for a body, such as {@code sha256=5d5d...}, by the first secret}
   *
   * @param body the raw body, as it is sent
   * @throws IllegalStateException if no secret is valid now
   */
  public String sign(byte[] body) {
    for (String secret : secrets.get()) {
      if (!secret.isBlank()) {
        return SCHEME + HexFormat.of().formatHex(digest(secret, body));
      }
    }
    throw new IllegalStateException(
        "cannot sign: no secret is set, the connector's webhook secret is needed");
  }

  /**
   * {@return whether a header's value is the body's signature by one of the secrets}
   *
   * <p>Takes the same time whichever bytes differ. A malformed value is no signature, not an error.
   *
   * @param body the raw body, as it arrived
   * @param header the header's value; empty text where the header is absent
   */
  public boolean verify(byte[] body, String header) {
    byte[] claimed = parse(header);
    boolean valid = false;
    for (String secret : secrets.get()) {
      if (!secret.isBlank()) {
        valid |= MessageDigest.isEqual(digest(secret, body), claimed);
      }
    }
    return valid;
  }

  @Override
  public String toString() {
    return "ConnectorSignature[secrets=***]";
  }

  private static byte[] parse(String header) {
    String value = header.strip();
    if (value.length() != SCHEME.length() + 2 * DIGEST_BYTES || !value.startsWith(SCHEME)) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(value, SCHEME.length(), value.length());
    } catch (IllegalArgumentException notHex) {
      return new byte[0];
    }
  }

  private static byte[] digest(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("this Java runtime lacks " + ALGORITHM, e);
    }
  }
}
