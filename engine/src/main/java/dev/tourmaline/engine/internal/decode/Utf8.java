package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.internal.bytes.ByteArrayLongs;

/**
 * A strict UTF-8 validator (Unicode standard, table 3-7). Jackson lets overlong forms, surrogates
 * and code points beyond the last one through.
 */
final class Utf8 {

  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** {@return the index of the first byte that begins no well-formed character, or -1} */
  static int firstFault(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      i = afterAscii(bytes, i, to);
      if (i == to) {
        break;
      }
      int length = characterLength(bytes, i, to);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  static boolean startsWithByteOrderMark(byte[] bytes, int from, int to) {
    return to - from >= 3
        && bytes[from] == (byte) 0xEF
        && bytes[from + 1] == (byte) 0xBB
        && bytes[from + 2] == (byte) 0xBF;
  }

  private static int afterAscii(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - 32; i += 32) {
      long any =
          ByteArrayLongs.at(bytes, i)
              | ByteArrayLongs.at(bytes, i + 8)
              | ByteArrayLongs.at(bytes, i + 16)
              | ByteArrayLongs.at(bytes, i + 24);
      if ((any & NOT_ASCII) != 0) {
        break;
      }
    }
    while (i <= to - 8 && (ByteArrayLongs.at(bytes, i) & NOT_ASCII) == 0) {
      i += 8;
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /** {@return how many bytes the character beyond ASCII has, or 0 where it is ill-formed} */
  private static int characterLength(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (to - at < length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** {@return how many bytes of UTF-8 the characters take; half a surrogate pair counts as two} */
  static int length(char[] chars, int offset, int length) {
    int bytes = 0;
    for (int i = offset; i < offset + length; i++) {
      char c = chars[i];
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }
}
