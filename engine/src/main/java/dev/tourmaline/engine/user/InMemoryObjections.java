package dev.tourmaline.engine.user;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Objections as keyed hashes, as long as the process. Thread-safe. */
final class InMemoryObjections implements Objections {

  private static final String MAC = "HmacSHA256";

  private final SecretKeySpec key;
  private final Set<Pseudonym> users = ConcurrentHashMap.newKeySet();

  InMemoryObjections() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, MAC);
  }

  @Override
  public boolean contains(String productId, String userId) {
    return !users.isEmpty() && users.contains(pseudonym(productId, userId));
  }

  @Override
  public void set(String productId, String userId, boolean objects) {
    if (objects) {
      users.add(pseudonym(productId, userId));
    } else {
      users.remove(pseudonym(productId, userId));
    }
  }

  private Pseudonym pseudonym(String productId, String userId) {
    byte[] product = productId.getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, product.length));
      mac.update(product);
      ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(userId.getBytes(StandardCharsets.UTF_8)));
      return new Pseudonym(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }
}
