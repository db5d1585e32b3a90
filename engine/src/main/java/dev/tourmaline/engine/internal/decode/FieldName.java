package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.internal.bytes.ByteArrayLongs;
import java.nio.charset.StandardCharsets;

/** A field's name, closing quote and colon, compared eight bytes at a time. */
final class FieldName {

  private final int length;
  private final long head;
  private final long headMask;
  private final long middle;
  private final long tail;

  FieldName(String name) {
    byte[] bytes = (name + "\":").getBytes(StandardCharsets.US_ASCII);
    byte[] words = new byte[3 * Long.BYTES];
    System.arraycopy(bytes, 0, words, 0, bytes.length);
    length = bytes.length;
    head = ByteArrayLongs.at(words, 0);
    headMask = length >= Long.BYTES ? -1L : (1L << length * Byte.SIZE) - 1;
    middle = ByteArrayLongs.at(words, Long.BYTES);
    tail = ByteArrayLongs.at(words, Math.max(0, length - Long.BYTES));
  }

  int length() {
    return length;
  }

  /** {@return whether it stands there; false also where it ends too near to the buffer's end} */
  boolean standsIn(byte[] bytes, int at, int end) {
    return at + Math.max(length, Long.BYTES) <= end
        && (ByteArrayLongs.at(bytes, at) & headMask) == head
        && (length <= Long.BYTES || ByteArrayLongs.at(bytes, at + length - Long.BYTES) == tail)
        && (length <= 2 * Long.BYTES || ByteArrayLongs.at(bytes, at + Long.BYTES) == middle);
  }
}
