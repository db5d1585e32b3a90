package dev.tourmaline.engine.internal.serial;

import java.util.UUID;

/** The codec of UUID text, lower-case with hyphens, to and from 16 bytes. */
final class UuidText {

  static final int BYTES = 16;

  private static final int LENGTH = 36;

  private UuidText() {}

  /** Whether a text is what {@link #unpack} would make of its bytes. */
  static boolean isUuid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean fits = isHyphen(i) ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHyphen(int i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
  }

  static void pack(String uuid, byte[] bytes, int from) {
    int at = from;
    for (int i = 0; i < LENGTH; i += 2) {
      if (isHyphen(i)) {
        i++;
      }
      bytes[at++] = (byte) (digit(uuid.charAt(i)) << 4 | digit(uuid.charAt(i + 1)));
    }
  }

  private static int digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
  }

  static String unpack(byte[] bytes, int from) {
    return new UUID(eight(bytes, from), eight(bytes, from + 8)).toString();
  }

  private static long eight(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + 8; i++) {
      value = value << 8 | bytes[i] & 0xFF;
    }
    return value;
  }
}
