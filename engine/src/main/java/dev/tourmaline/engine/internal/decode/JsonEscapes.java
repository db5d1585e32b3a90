package dev.tourmaline.engine.internal.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Resolves the backslash escapes of JSON strings. */
final class JsonEscapes {

  private static final String LETTERS = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";
  private static final int HEX_DIGITS = 4;

  private JsonEscapes() {}

  /** {@return the text of a string with backslashes, or null where one of them is wrong} */
  static @Nullable String resolve(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int plain = i;
      while (i < to && bytes[i] != '\\') {
        i++;
      }
      text.append(new String(bytes, plain, i - plain, UTF_8));
      if (i == to) {
        break;
      }
      if (i + 1 < to && bytes[i + 1] == 'u') {
        int unit = i + 2 + HEX_DIGITS <= to ? hex(bytes, i + 2) : -1;
        if (unit < 0) {
          return null;
        }
        text.append((char) unit);
        i += 2 + HEX_DIGITS;
      } else {
        int letter = i + 1 < to ? LETTERS.indexOf(bytes[i + 1]) : -1;
        if (letter < 0) {
          return null;
        }
        text.append(MEANT.charAt(letter));
        i += 2;
      }
    }
    return text.toString();
  }

  private static int hex(byte[] bytes, int from) {
    int value = 0;
    for (int i = from; i < from + HEX_DIGITS; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
