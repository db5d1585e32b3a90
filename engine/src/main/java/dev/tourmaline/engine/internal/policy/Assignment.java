package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.internal.hash.Sha256;
import dev.tourmaline.engine.user.UserKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The assignment of users to shares, by a stable hash: the same everywhere and always, and
 * independent from one purpose to the next. Truncated SHA-256.
 */
final class Assignment {

  private Assignment() {}

  /** {@return the seed of a user's draws, never 0} */
  static long seedOf(UserKey user) {
    long seed = hash(user.isUser() ? "user" : "session", user.productId(), user.id());
    return seed == 0 ? 1 : seed;
  }

  /**
   * {@return whether a user is among a share of all}
   *
   * @param seed the user's
   * @param purpose what for, such as {@code holdout}; draws for other purposes are independent
   * @param subject of which rule; empty text for none
   * @param share from 0, nobody, to 1, everybody
   */
  static boolean isAmong(long seed, String purpose, String subject, double share) {
    if (share <= 0 || share >= 1) {
      return share >= 1;
    }
    long draw = hash(Long.toHexString(seed), purpose, subject);
    return (draw >>> 11) * 0x1p-53 < share;
  }

  private static long hash(String... parts) {
    MessageDigest digest = Sha256.digest();
    for (String part : parts) {
      Sha256.update(digest, part);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
