package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.internal.hash.Sha256;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.user.Pseudonym;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A 128-bit key of a user or a session, a truncated SHA-256 under a key of this process: no
 * collisions in practice, and no crowd in one part of a table, whoever chooses the ids.
 *
 * @param high the first eight bytes
 * @param low the next eight
 */
record Fingerprint(long high, long low) {

  private static final byte[] KEY = new byte[16];

  static {
    new SecureRandom().nextBytes(KEY);
  }

  /** {@return what stands for it in a store} */
  Pseudonym pseudonym() {
    return new Pseudonym(high, low);
  }

  static Fingerprint ofUser(String productId, String userId) {
    return of('u', productId, userId);
  }

  static Fingerprint ofSession(SessionKey session) {
    return of('s', session.productId(), session.sessionId());
  }

  /** Hashes UTF-16, since unpaired surrogates have no UTF-8, and the length of the product's id. */
  private static Fingerprint of(char kind, String productId, String id) {
    String text = kind + productId + id;
    ByteBuffer bytes =
        ByteBuffer.allocate(KEY.length + Integer.BYTES + Character.BYTES * text.length());
    bytes.put(KEY).putInt(productId.length());
    for (int i = 0; i < text.length(); i++) {
      bytes.putChar(text.charAt(i));
    }
    ByteBuffer hash = ByteBuffer.wrap(Sha256.digest().digest(bytes.array()));
    return new Fingerprint(hash.getLong(), hash.getLong());
  }
}
