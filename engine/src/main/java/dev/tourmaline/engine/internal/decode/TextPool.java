package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.internal.bytes.ByteArrayLongs;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An interning cache of text that frames repeat (types, titles, canonical URLs), so that reading it
 * again allocates nothing. Direct-mapped, 32,768 slots, O(length).
 *
 * <p>Keyed by the bytes of a JSON string. Text is admitted when its slot sees it for the second
 * time, so that text seen once takes no memory and evicts nothing. Threads share it without locks:
 * entries are immutable and each is published by one reference, so that a race costs at most a
 * second copy of the same text.
 *
 * <p>It holds texts of up to 256 bytes, so at most 20 MB. Its hash is seeded by the process; texts
 * that share a slot cost a reading each, and no search.
 */
final class TextPool {

  private static final int SLOT_BITS = 15;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int LONGEST = 256;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
  private static final long SEED = new SecureRandom().nextLong();

  private final int[] seen = new int[SLOTS];
  private final @Nullable Entry[] entries = new Entry[SLOTS];

  /** {@return the cached text of these bytes, or null} */
  @Nullable String find(byte[] bytes, int from, int to, int hash) {
    Entry entry = entries[slot(hash)];
    return entry != null && entry.hash == hash && entry.holds(bytes, from, to) ? entry.text : null;
  }

  /** Offers the text of these bytes; admitted if it was offered before. */
  void offer(byte[] bytes, int from, int to, int hash, String text) {
    int slot = slot(hash);
    if (to - from > LONGEST) {
      return;
    }
    if (seen[slot] == hash) {
      entries[slot] = new Entry(hash, Arrays.copyOfRange(bytes, from, to), text);
      seen[slot] = 0;
    } else {
      seen[slot] = hash;
    }
  }

  private static int slot(int hash) {
    return hash >>> (Integer.SIZE - SLOT_BITS);
  }

  static int hash(byte[] bytes, int from, int to) {
    long hash = SEED ^ to - from;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      hash = mixed(hash ^ ByteArrayLongs.at(bytes, i));
    }
    long rest = 0;
    for (; i < to; i++) {
      rest = rest << Byte.SIZE | bytes[i] & 0xFF;
    }
    return (int) (mixed(hash ^ rest) >>> Integer.SIZE);
  }

  private static long mixed(long value) {
    long product = value * MIX;
    return product ^ product >>> Integer.SIZE;
  }

  private static final class Entry {

    private final int hash;
    private final byte[] bytes;
    private final String text;

    private Entry(int hash, byte[] bytes, String text) {
      this.hash = hash;
      this.bytes = bytes;
      this.text = text;
    }

    private boolean holds(byte[] other, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, other, from, to);
    }
  }
}
