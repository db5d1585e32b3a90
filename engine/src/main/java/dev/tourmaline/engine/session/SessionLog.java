package dev.tourmaline.engine.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a session at rest: whole numbers in as few bytes as they need, and text. What stands
 * in them, and in which version, is the business of who writes and reads.
 */
public final class SessionLog {

  private SessionLog() {}

  /** Writes a log. Not thread-safe; may be used again after {@link #clear()}. */
  public static final class Writer {

    private byte[] bytes = new byte[256];
    private int size;

    /** Makes an empty log. */
    public Writer() {}

    /** Forgets what was written. */
    public void clear() {
      size = 0;
    }

    /**
     * Writes a whole number; small ones, positive or negative, take few bytes.
     *
     * @param value the number
     */
    public void number(long value) {
      long rest = value << 1 ^ value >> 63;
      room(10);
      while ((rest & ~0x7FL) != 0) {
        bytes[size++] = (byte) (rest & 0x7F | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }

    /**
     * Writes text.
     *
     * @param text the text
     */
    public void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      room(utf8.length);
      System.arraycopy(utf8, 0, bytes, size, utf8.length);
      size += utf8.length;
    }

    private void room(int more) {
      if (size + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
      }
    }

    /** {@return what was written, in an array of just its size} */
    public byte[] toBytes() {
      return Arrays.copyOf(bytes, size);
    }
  }

  /** Reads a log in the order in which it was written. Not thread-safe. */
  public static final class Reader {

    private final byte[] bytes;
    private int position;

    /**
     * Begins at the first byte.
     *
     * @param bytes a log
     */
    public Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    /** {@return the next number} */
    public long number() {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        next = bytes[position++];
        value |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      return value >>> 1 ^ -(value & 1);
    }

    /** Passes over the next text. */
    public void skipText() {
      int length = (int) number();
      position += length;
    }

    /** {@return the next text} */
    public String text() {
      int length = (int) number();
      String text = new String(bytes, position, length, StandardCharsets.UTF_8);
      position += length;
      return text;
    }
  }
}
