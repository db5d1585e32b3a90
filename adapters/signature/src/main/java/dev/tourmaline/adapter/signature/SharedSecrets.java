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
 * The secrets that key the HMAC-SHA256 of a webhook, each used as text: the first one that is not
 * blank signs, any verifies. Thread-safe.
 */
final class SharedSecrets {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGEST_BYTES = 32;

  private final String issuer;
  private final Supplier<List<String>> secrets;

  private SharedSecrets(String issuer, Supplier<List<String>> secrets) {
    this.issuer = issuer;
    this.secrets = Objects.requireNonNull(secrets, "secrets");
  }

  static SharedSecrets of(String issuer, String... secrets) {
    List<String> fixed = List.of(secrets);
    if (fixed.isEmpty()) {
      throw new IllegalArgumentException("a signature needs at least one secret, none was given");
    }
    for (int i = 0; i < fixed.size(); i++) {
      if (fixed.get(i).isBlank()) {
        throw new IllegalArgumentException(
            "secret %d of %d is blank, it must hold the %s's webhook secret"
                .formatted(i + 1, fixed.size(), issuer));
      }
    }
    return of(issuer, () -> fixed);
  }

  /**
   * {@return secrets that may change}
   *
   * @param issuer who has issued them, for messages
   * @param secrets asked at each use; blank ones are passed over
   */
  static SharedSecrets of(String issuer, Supplier<List<String>> secrets) {
    return new SharedSecrets(issuer, secrets);
  }

  /** {@return the lower-case hex HMAC of the parts, one behind the other} */
  String sign(byte[]... parts) {
    for (String secret : secrets.get()) {
      if (!secret.isBlank()) {
        return HexFormat.of().formatHex(digest(secret, parts));
      }
    }
    throw new IllegalStateException(
        "cannot sign: no secret is set, the %s's webhook secret is needed".formatted(issuer));
  }

  /** Takes the same time whichever bytes differ, and whichever secret it is. */
  boolean verify(List<byte[]> claimed, byte[]... parts) {
    boolean valid = false;
    for (String secret : secrets.get()) {
      if (!secret.isBlank()) {
        byte[] digest = digest(secret, parts);
        for (byte[] one : claimed) {
          valid |= MessageDigest.isEqual(digest, one);
        }
      }
    }
    return valid;
  }

  /** {@return the digest that hex digits stand for; nothing, which is no digest, if it is none} */
  static byte[] parse(String hex) {
    if (hex.length() != 2 * DIGEST_BYTES) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException notHex) {
      return new byte[0];
    }
  }

  private static byte[] digest(String secret, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("this Java runtime lacks " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "[secrets=***]";
  }
}
