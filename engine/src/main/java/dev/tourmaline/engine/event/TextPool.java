package dev.tourmaline.engine.event;

import java.util.Arrays;

/**
 * Text that frames repeat (types, titles, canonical URLs), kept so that reading it again allocates
 * nothing.
 *
 * <p>A cache of fixed size, keyed by characters. Text is kept when it is seen for the second time,
 * so that text seen once costs no more than its own string; a newcomer replaces what stood in its
 * place. Threads share it without locks: entries are immutable and each is published by one
 * reference, so that a race costs at most a second copy of the same text.
 */
final class TextPool {

  private static final int SLOT_BITS = 16;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int LONGEST = 256;
  private static final int SAMPLED_WITHIN = 12;

  /** Hashes alone are looked at first: they fit the processor's nearest cache, entries do not. */
  private final int[] kept = new int[SLOTS];

  private final int[] seen = new int[SLOTS];
  private final Entry[] entries = new Entry[SLOTS];

  /** {@return the characters as a string} */
  String text(char[] chars, int offset, int length) {
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(chars, offset, length);
    }
    int hash = hash(chars, offset, length);
    int slot = hash >>> (Integer.SIZE - SLOT_BITS);
    if (kept[slot] == hash) {
      Entry entry = entries[slot];
      if (entry != null && entry.holds(chars, offset, length)) {
        return entry.text;
      }
    }
    String text = new String(chars, offset, length);
    if (seen[slot] == hash) {
      entries[slot] = new Entry(Arrays.copyOfRange(chars, offset, offset + length), text);
      kept[slot] = hash;
      seen[slot] = 0;
    } else {
      seen[slot] = hash;
    }
    return text;
  }

  /**
   * A hash of the length and of up to thirteen characters, most of them where titles and URLs
   * differ: around the middle and at the end. Text that only differs elsewhere shares a slot.
   */
  private static int hash(char[] chars, int offset, int length) {
    int last = offset + length - 1;
    int middle = offset + (length >> 1);
    int ends = chars[offset] | chars[middle] << 8 | chars[last] << 16;
    int within = length;
    if (length >= SAMPLED_WITHIN) {
      int quarter = offset + (length >> 2);
      int lastQuarter = middle + (length >> 2);
      within += chars[last - 1] << 4 | chars[last - 2] << 12 | chars[last - 3] << 20;
      within +=
          (chars[middle - 2] << 3)
              + (chars[middle - 1] << 9)
              + (chars[middle + 1] << 15)
              + (chars[middle + 2] << 22);
      within ^=
          chars[quarter]
              ^ chars[quarter + 1] << 7
              ^ chars[lastQuarter] << 13
              ^ chars[lastQuarter + 1] << 19;
    }
    int mixed = ends * 0x9E37_79B9 + within * 0x85EB_CA6B;
    return (mixed ^ mixed >>> 15) * 0xC2B2_AE35;
  }

  private static final class Entry {

    private final char[] chars;
    private final String text;

    private Entry(char[] chars, String text) {
      this.chars = chars;
      this.text = text;
    }

    private boolean holds(char[] other, int offset, int length) {
      return Arrays.equals(chars, 0, chars.length, other, offset, offset + length);
    }
  }
}
