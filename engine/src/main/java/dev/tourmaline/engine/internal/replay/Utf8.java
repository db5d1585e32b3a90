package dev.tourmaline.engine.internal.replay;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * Tells UTF-8 from the encodings of wider units by the first bytes of a text of JSON: its first
 * characters are ASCII, so that a wider unit shows as a zero byte (RFC 4627, section 3), unless a
 * byte order mark says it.
 */
final class Utf8 {

  private static final int LOOKED_AT = 4;
  private static final int MARK_BYTES = 3;

  private Utf8() {}

  /**
   * {@return the text, without a byte order mark}
   *
   * @throws CharConversionException if it is in UTF-16 or UTF-32
   */
  static InputStream of(InputStream text) throws IOException {
    PushbackInputStream in = new PushbackInputStream(text, LOOKED_AT);
    byte[] head = in.readNBytes(LOOKED_AT);
    int known = 0;
    if (head.length >= MARK_BYTES && unit(head, 0) == 0xEFBB && (head[2] & 0xFF) == 0xBF) {
      known = MARK_BYTES;
    } else if (head.length >= 2) {
      refuseWideUnits(head);
    }
    in.unread(head, known, head.length - known);
    return in;
  }

  private static void refuseWideUnits(byte[] head) throws CharConversionException {
    int first = unit(head, 0);
    int second = head.length == LOOKED_AT ? unit(head, 2) : -1;
    if (first == 0x0000 || second == 0x0000) {
      throw wide("UTF-32");
    }
    if (first == 0xFEFF || first == 0xFFFE || head[0] == 0 || head[1] == 0) {
      throw wide("UTF-16");
    }
  }

  private static CharConversionException wide(String encoding) {
    return new CharConversionException(
        "the frames are in %1$s, they must be in UTF-8; 'iconv -f %1$s -t UTF-8' makes that"
            .formatted(encoding));
  }

  private static int unit(byte[] head, int at) {
    return (head[at] & 0xFF) << Byte.SIZE | (head[at + 1] & 0xFF);
  }
}
