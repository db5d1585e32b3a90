package dev.tourmaline.engine.internal.hash;

import dev.tourmaline.engine.internal.bytes.ByteArrayLongs;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A keyed hash of 64 bits, SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF",
 * 2012): who does not know the key cannot make texts that collide. Stands for text where only its
 * identity is needed, and spreads keys that visitors choose over hash tables.
 *
 * <p>Of text it takes the UTF-8 form. Immutable and thread-safe.
 *
 * @param k0 the first half of the key
 * @param k1 the second half
 */
public record KeyedHash(long k0, long k1) {

  private static final int FINAL_ROUNDS = 3;

  /** {@return a hash with a key that nobody knows} */
  public static KeyedHash random() {
    SecureRandom random = new SecureRandom();
    return new KeyedHash(random.nextLong(), random.nextLong());
  }

  /** {@return the hash of a text} */
  public long of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the hash of a number and two texts} */
  public long of(int number, String first, String second) {
    byte[] one = first.getBytes(StandardCharsets.UTF_8);
    byte[] other = second.getBytes(StandardCharsets.UTF_8);
    Rounds rounds = new Rounds(k0, k1);
    rounds.absorb((long) number << Integer.SIZE | one.length);
    rounds.absorb(one);
    return rounds.digest(other);
  }

  /** {@return the hash of bytes, as the reference implementation defines it} */
  public long of(byte[] bytes) {
    return new Rounds(k0, k1).digest(bytes);
  }

  /** A hash in the making. */
  private static final class Rounds {

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    Rounds(long k0, long k1) {
      v0 = k0 ^ 0x736f_6d65_7073_6575L;
      v1 = k1 ^ 0x646f_7261_6e64_6f6dL;
      v2 = k0 ^ 0x6c79_6765_6e65_7261L;
      v3 = k1 ^ 0x7465_6462_7974_6573L;
    }

    void absorb(long word) {
      v3 ^= word;
      round();
      v0 ^= word;
    }

    /** Absorbs bytes, and in the last word their number. */
    void absorb(byte[] bytes) {
      int i = 0;
      for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
        absorb(ByteArrayLongs.at(bytes, i));
      }
      long last = (long) bytes.length << 56;
      for (int shift = 0; i < bytes.length; i++, shift += Byte.SIZE) {
        last |= (bytes[i] & 0xFFL) << shift;
      }
      absorb(last);
    }

    long digest(byte[] bytes) {
      absorb(bytes);
      v2 ^= 0xFF;
      for (int left = FINAL_ROUNDS; left > 0; left--) {
        round();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32) + v3;
      v2 += v1;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
