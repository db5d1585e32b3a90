package dev.tourmaline.engine.internal.drools.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The message authentication code of cache entries, HMAC-SHA256 (RFC 2104), under a random key in a
 * file beside the cache folder: who can only write into the folder cannot make an entry that is
 * taken. Immutable.
 */
final class CacheSeal {

  static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String SUFFIX = ".key";

  private final byte[] key;

  private CacheSeal(byte[] key) {
    this.key = key;
  }

  /**
   * {@return the seal of a folder's entries, its key made if there is none}
   *
   * @throws OwnFolder.NotOwnException if others could know the key
   * @throws IOException if it can neither be read nor made
   */
  static CacheSeal of(OwnFolder folder) throws IOException {
    Path file = folder.beside(SUFFIX);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      make(file);
    }
    folder.checkIsOwn(file, "600");
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != LENGTH) {
      throw new OwnFolder.NotOwnException(
          file + " is no key of " + LENGTH + " bytes; delete it, and one is made");
    }
    return new CacheSeal(Files.readAllBytes(file));
  }

  /** Of several processes that make one at a time, the last one's counts. */
  private static void make(Path file) throws IOException {
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    // Temporary files are for their owner alone wherever the system knows permissions.
    Path draft = Files.createTempFile(file.resolveSibling(""), ".tourmaline", ".tmp");
    try {
      Files.write(draft, key);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  byte[] of(CacheKey entry, byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      // The digest has a fixed length, so that the two cannot run into each other.
      mac.update(entry.digest());
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
