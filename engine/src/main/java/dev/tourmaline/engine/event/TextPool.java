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

  /** A hash of all characters, four at a time so that the multiplications overlap. */
  private static int hash(char[] chars, int offset, int length) {
    int a = length;
    int b = 0;
    int c = 0;
    int d = 0;
    int i = offset;
    int end = offset + length;
    for (; i + 3 < end; i += 4) {
      a = a * 31 + chars[i];
      b = b * 31 + chars[i + 1];
      c = c * 31 + chars[i + 2];
      d = d * 31 + chars[i + 3];
    }
    for (; i < end; i++) {
      a = a * 31 + chars[i];
    }
    int mixed = (a * 0x9E37_79B9 + b) * 0x85EB_CA6B + c * 0xC2B2_AE35 + d * 0x27D4_EB2F;
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
