package dev.tourmaline.adapter.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Signs a body together with the time at which it is sent, and checks such a signature, as Usertour
 * and other senders of webhooks do: the header carries {@code t=<Unix seconds>,v1=<hex>}, where the
 * hex is the HMAC-SHA256 of the time as written, a full stop and the raw body. A secret is used as
 * text, whole.
 *
 * <p>Any of several {@code v1} may match, and keys other than these two say nothing. Several
 * secrets may be valid at once, so that they can be rotated: the first one signs, any of them
 * verifies. What was sent more than {@link #TOLERANCE} ago, or will be, is refused, so that a
 * request cannot be replayed for longer.
 *
 * <p>Thread-safe. A secret appears in no message and not in {@link #toString()}.
 */
public final class TimestampedSignature {

  /** How far the time of sending may be from the receiver's clock, either way. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ISSUER = "sender";
  private static final int LONGEST_HEADER = 1024;

  private final SharedSecrets secrets;

  private TimestampedSignature(SharedSecrets secrets) {
    this.secrets = secrets;
  }

  /** What a signature is worth. */
  public enum Verdict {
    /** The body is as it was signed, and was sent just now. */
    VALID,
    /** The header is missing, or does not have the form. */
    MALFORMED,
    /** None of the secrets has signed this body and time. */
    WRONG,
    /** The signature is right, but of another time. */
    OUT_OF_TIME
  }

  /**
   * {@return signatures with fixed secrets}
   *
   * @param secrets at least one, none of them blank; the first one signs
   * @throws IllegalArgumentException if there is none, or one is blank
   */
  public static TimestampedSignature of(String... secrets) {
    return new TimestampedSignature(SharedSecrets.of(ISSUER, secrets));
  }

  /**
   * {@return signatures with secrets that may change while this is in use}
   *
   * @param secrets asked at each use for the secrets that are valid now; blank ones are passed
   *     over; with none left, nothing verifies
   */
  public static TimestampedSignature of(Supplier<List<String>> secrets) {
    return new TimestampedSignature(SharedSecrets.of(ISSUER, secrets));
  }

  /**
   * {@return the header's value for a body, by the first secret}
   *
   * @param body the raw body, as it is sent
   * @param at when it is sent
   * @throws IllegalStateException if no secret is valid now
   */
  public String sign(byte[] body, Instant at) {
    String time = Long.toString(at.getEpochSecond());
    return "t=" + time + ",v1=" + secrets.sign(prefix(time), body);
  }

  /**
   * {@return what a header's value is worth as the body's signature}
   *
   * <p>Takes the same time whichever bytes differ. Never throws.
   *
   * @param body the raw body, as it arrived
   * @param header the header's value; empty text where the header is absent
   * @param now the receiver's time
   */
  public Verdict verify(byte[] body, String header, Instant now) {
    String time = "";
    List<byte[]> claimed = new ArrayList<>();
    if (header.length() > LONGEST_HEADER) {
      return Verdict.MALFORMED;
    }
    for (String part : header.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length < 2) {
        return Verdict.MALFORMED;
      }
      if (pair[0].equals("t")) {
        if (!time.isEmpty() || !pair[1].matches("[0-9]{1,12}")) {
          return Verdict.MALFORMED;
        }
        time = pair[1];
      } else if (pair[0].equals("v1")) {
        claimed.add(SharedSecrets.parse(pair[1]));
      }
    }
    if (time.isEmpty() || claimed.isEmpty()) {
      return Verdict.MALFORMED;
    }
    if (!secrets.verify(claimed, prefix(time), body)) {
      return Verdict.WRONG;
    }
    Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    return away.compareTo(TOLERANCE) > 0 ? Verdict.OUT_OF_TIME : Verdict.VALID;
  }

  private static byte[] prefix(String time) {
    return (time + ".").getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return "TimestampedSignature" + secrets;
  }
}
