package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.internal.bytes.ByteArrayLongs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JSON scanner over a buffer that searches eight bytes at a time (SWAR), for a caller that knows
 * what to expect. At anything else it falls back for good: every later step does nothing and
 * returns false.
 */
final class JsonScanner {

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean fellBack;

  private int from;
  private int to;
  private boolean escaped;
  private long digits;
  private int wholeDigits;
  private int decimals;

  JsonScanner(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean fellBack() {
    return fellBack;
  }

  void fallBack() {
    fellBack = true;
    at = end;
  }

  /** Goes past a character that must stand here. */
  void expect(char wanted) {
    if (!takeIf(wanted)) {
      fallBack();
    }
  }

  /** The buffer must end here. */
  void expectEnd() {
    skipSpace();
    if (at < end) {
      fallBack();
    }
  }

  /** Goes past a character if it stands here. */
  boolean takeIf(char wanted) {
    skipSpace();
    if (at < end && bytes[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /** Goes past a field's name, its quote and colon, if they stand here. */
  boolean takeIf(FieldName name) {
    if (name.standsIn(bytes, at, end)) {
      at += name.length();
      return true;
    }
    return false;
  }

  /** Goes past a string if it is the same as one that was scanned before. */
  boolean takeIfLike(int before, int beforeEnd) {
    skipSpace();
    // With both quotes, so that nothing longer is taken for it.
    int after = at + beforeEnd - before + 2;
    if (after <= end && Arrays.equals(bytes, at, after, bytes, before - 1, beforeEnd + 1)) {
      at = after;
      return true;
    }
    return false;
  }

  private boolean takeIf(byte[] wanted) {
    int after = at + wanted.length;
    if (after <= end && Arrays.equals(bytes, at, after, wanted, 0, wanted.length)) {
      at = after;
      return true;
    }
    return false;
  }

  /** Goes past {@code null} if it stands here. */
  boolean takeNull() {
    skipSpace();
    if (at + 4 <= end
        && bytes[at] == 'n'
        && bytes[at + 1] == 'u'
        && bytes[at + 2] == 'l'
        && bytes[at + 3] == 'l') {
      at += 4;
      return true;
    }
    return false;
  }

  /** Goes into an object's next name, past its first quote; {@return false at the object's end} */
  boolean nextInObject(boolean first) {
    if (!first
        && at + 2 < end
        && bytes[at] == ','
        && bytes[at + 1] == ' '
        && bytes[at + 2] == '"') {
      at += 3;
      return true;
    }
    if (takeIf('}')) {
      return false;
    }
    if (!first) {
      expect(',');
    }
    expect('"');
    return !fellBack;
  }

  /** Goes to a list's next element; {@return false past the list's end} */
  boolean nextInList(boolean first) {
    if (takeIf(']')) {
      return false;
    }
    if (!first) {
      expect(',');
    }
    return !fellBack;
  }

  /** Goes past the rest of a string; {@return whether it was one, between from and to} */
  boolean scanString() {
    from = at;
    escaped = false;
    while (true) {
      at = special(at);
      if (at >= end || bytes[at] >= 0 && bytes[at] < ' ') {
        fallBack();
        return false;
      }
      if (bytes[at] == '"') {
        to = at++;
        return true;
      }
      escaped = true;
      at += 2;
    }
  }

  /** {@return where the next quote, backslash or control character stands} */
  private int special(int start) {
    int i = start;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long eight = ByteArrayLongs.at(bytes, i);
      long quote = eight ^ QUOTES;
      long backslash = eight ^ BACKSLASHES;
      // The high bit of each byte that is zero, or below a space; exact up to the first of them.
      long found =
          (quote - ONES & ~quote | backslash - ONES & ~backslash | eight - SPACES & ~eight) & HIGHS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] & 0xE0) != 0) {
      i++;
    }
    return i;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Whether the string holds a backslash. */
  boolean isEscaped() {
    return escaped;
  }

  /** The string that was scanned last. */
  String text() {
    if (!escaped) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    String text = JsonEscapes.resolve(bytes, from, to);
    if (text == null) {
      fallBack();
      return "";
    }
    return text;
  }

  /** Goes past a number without sign and exponent; {@return whether it was one} */
  boolean scanNumber() {
    skipSpace();
    int start = at;
    digits = 0;
    readDigits();
    wholeDigits = at - start;
    decimals = 0;
    boolean right = wholeDigits == 1 || wholeDigits > 1 && bytes[start] != '0';
    if (right && at < end && bytes[at] == '.') {
      int point = at++;
      readDigits();
      decimals = at - point - 1;
      right = decimals > 0;
    }
    if (!right || wholeDigits + decimals > WireNumber.MOST_DIGITS) {
      fallBack();
    }
    return !fellBack;
  }

  /** Goes past a value of any kind that is nested no deeper. */
  void skipValue(int deepest) {
    if (deepest < 0) {
      fallBack();
    } else if (takeIf('{')) {
      for (boolean first = true; nextInObject(first); first = false) {
        skipString();
        expect(':');
        skipValue(deepest - 1);
      }
    } else if (takeIf('[')) {
      for (boolean first = true; nextInList(first); first = false) {
        skipValue(deepest - 1);
      }
    } else if (takeIf('"')) {
      skipString();
    } else if (!takeNull() && !takeIf(TRUE) && !takeIf(FALSE)) {
      scanNumber();
    }
  }

  private void skipString() {
    if (scanString() && escaped) {
      text();
    }
  }

  private void readDigits() {
    int i = at;
    long value = digits;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      value = value * 10 + bytes[i++] - '0';
    }
    digits = value;
    at = i;
  }

  /** The digits of the number that was scanned last, as one number. */
  long digits() {
    return digits;
  }

  int wholeDigits() {
    return wholeDigits;
  }

  int decimals() {
    return decimals;
  }

  private void skipSpace() {
    if (at < end && bytes[at] <= ' ') {
      skipSpaces();
    }
  }

  private void skipSpaces() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
