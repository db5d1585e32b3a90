package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.internal.hash.KeyedHash;

/**
 * The set of the trigger ids that were decided on lately, admitted or not, by hashes of 64 bits
 * under a key of this process; two generations of open addressing, of a million ids each at most. A
 * false positive is as likely as a collision of 64 bits. Thread-safe.
 */
final class DecidedIds {

  private static final int MOST = 1 << 20;
  private static final int LEAST = 1 << 10;

  private final KeyedHash hash = KeyedHash.random();
  private long[] young = new long[LEAST];
  private long[] old = new long[LEAST];
  private int size;

  /** Adds an id; {@return whether it was not there} */
  synchronized boolean add(String id) {
    long key = hash.of(id);
    key = key == 0 ? 1 : key;
    if (contains(old, key) || contains(young, key)) {
      return false;
    }
    if (size == MOST) {
      old = young;
      young = new long[LEAST];
      size = 0;
    } else if (2 * (size + 1) > young.length) {
      grow();
    }
    young[cell(young, key)] = key;
    size++;
    return true;
  }

  private void grow() {
    long[] larger = new long[2 * young.length];
    for (long key : young) {
      if (key != 0) {
        larger[cell(larger, key)] = key;
      }
    }
    young = larger;
  }

  private static boolean contains(long[] keys, long key) {
    return keys[cell(keys, key)] == key;
  }

  /** The cell of a key, or the free one where it belongs. */
  private static int cell(long[] keys, long key) {
    int mask = keys.length - 1;
    int cell = (int) (key >>> 32) & mask;
    while (keys[cell] != 0 && keys[cell] != key) {
      cell = cell + 1 & mask;
    }
    return cell;
  }
}
