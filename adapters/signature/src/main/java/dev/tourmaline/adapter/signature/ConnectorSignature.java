package dev.tourmaline.adapter.signature;

import java.util.List;
import java.util.function.Supplier;

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

  private static final String SCHEME = "sha256=";
  private static final String ISSUER = "connector";

  private final SharedSecrets secrets;

  private ConnectorSignature(SharedSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * {@return signatures with fixed secrets}
   *
   * @param secrets at least one, none of them blank; the first one signs
   * @throws IllegalArgumentException if there is none, or one is blank
   */
  public static ConnectorSignature of(String... secrets) {
    return new ConnectorSignature(SharedSecrets.of(ISSUER, secrets));
  }

  /**
   * {@return signatures with secrets that may change while this is in use}
   *
   * @param secrets asked at each use for the secrets that are valid now; blank ones are passed
   *     over; with none left, nothing verifies
   */
  public static ConnectorSignature of(Supplier<List<String>> secrets) {
    return new ConnectorSignature(SharedSecrets.of(ISSUER, secrets));
  }

  /**
   * {@return the header's value for a body, such as {@code sha256=5d5d...}, by the first secret}
   *
   * @param body the raw body, as it is sent
   * @throws IllegalStateException if no secret is valid now
   */
  public String sign(byte[] body) {
    return SCHEME + secrets.sign(body);
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
    String value = header.strip();
    return value.startsWith(SCHEME)
        && secrets.verify(List.of(SharedSecrets.parse(value.substring(SCHEME.length()))), body);
  }

  @Override
  public String toString() {
    return "ConnectorSignature" + secrets;
  }
}
