package dev.tourmaline.engine.internal.serial;

import dev.tourmaline.engine.internal.bytes.ByteArrayLongs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The byte format of passivated sessions: varints (LEB128, zigzag where negative numbers are usual)
 * and length-prefixed text. Content and version are up to the writer and the reader.
 */
public final class SessionLog {

  /** Tags in the place of a text's length, which is never less than 1, plus 2. */
  private static final int EMPTY = 0;

  private static final int UUID = 1;
  private static final int UTF_16 = 2;

  /** That of a number's tenth and last byte. */
  private static final int MOST_SHIFT = 63;

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

    /** Writes a zigzag varint; small numbers, positive or negative, take few bytes. */
    public void number(long value) {
      count(value << 1 ^ value >> 63);
    }

    /** Writes a plain varint; small numbers take few bytes, negative ones ten. */
    public void count(long value) {
      long rest = value;
      room(10);
      while ((rest & ~0x7FL) != 0) {
        bytes[size++] = (byte) (rest & 0x7F | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }

    /**
     * Writes one byte.
     *
     * @param value its bits, the lowest eight
     */
    public void octet(int value) {
      room(1);
      bytes[size++] = (byte) value;
    }

    /** Writes eight bytes; for what is as often large as small. */
    public void fixed(long value) {
      room(Long.BYTES);
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        bytes[size++] = (byte) (value >>> shift);
      }
    }

    /** Writes text; a UUID in its usual form takes half its length. */
    public void text(String text) {
      if (text.isEmpty()) {
        octet(EMPTY);
      } else if (UuidText.isUuid(text)) {
        octet(UUID);
        room(UuidText.BYTES);
        UuidText.pack(text, bytes, size);
        size += UuidText.BYTES;
      } else {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
          count(utf8.length + UTF_16);
          add(utf8);
        } else {
          // An unpaired surrogate has no UTF-8, and ids must be restored unchanged.
          octet(UTF_16);
          count(text.length());
          add(text.chars());
        }
      }
    }

    private void add(byte[] more) {
      room(more.length);
      System.arraycopy(more, 0, bytes, size, more.length);
      size += more.length;
    }

    private void add(IntStream chars) {
      chars.forEach(this::count);
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

  /**
   * Reads a log in the order in which it was written; {@link DamagedLogException} where it holds
   * something else. Nothing read from it makes room for more than it can hold. Not thread-safe.
   */
  public static final class Reader {

    private final byte[] bytes;
    private int position;

    /** Begins at the first byte. */
    public Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    /** {@return the next number} */
    public long number() {
      long value = count();
      return value >>> 1 ^ -(value & 1);
    }

    /** {@return the next number that was written as a count} */
    public long count() {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        if (position == bytes.length || shift > MOST_SHIFT) {
          throw damaged("no number");
        }
        next = bytes[position++];
        value |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      return value;
    }

    /** {@return the next byte, from 0 to 255} */
    public int octet() {
      return bytes[pass(1)] & 0xFF;
    }

    /** {@return the next eight bytes} */
    public long fixed() {
      return ByteArrayLongs.at(bytes, pass(Long.BYTES));
    }

    /**
     * {@return a number of things to follow, each of which takes a byte or more}
     *
     * @param number as it was read
     */
    public int size(long number) {
      if (number < 0 || number > bytes.length - position) {
        throw damaged(number + " things to follow");
      }
      return (int) number;
    }

    /**
     * {@return the place of something in a table}
     *
     * @param number as it was read
     * @param limit the number of places
     */
    public int index(long number, int limit) {
      if (number < 0 || number >= limit) {
        throw damaged("number %d of %d".formatted(number, limit));
      }
      return (int) number;
    }

    /**
     * {@return what to throw where the log cannot be what was written}
     *
     * @param what what stands there
     */
    public DamagedLogException damaged(String what) {
      return new DamagedLogException(
          "the session's log is damaged: %s at byte %d of %d"
              .formatted(what, position, bytes.length));
    }

    /** Passes over so many bytes; {@return the place of the first} */
    private int pass(long length) {
      int from = position;
      position += size(length);
      return from;
    }

    /** Passes over the next text. */
    public void skipText() {
      long form = count();
      if (form == UTF_16) {
        utf16();
      } else if (form != EMPTY) {
        pass(form == UUID ? UuidText.BYTES : form - UTF_16);
      }
    }

    /** {@return the next text} */
    public String text() {
      long form = count();
      if (form == EMPTY) {
        return "";
      }
      if (form == UUID) {
        return UuidText.unpack(bytes, pass(UuidText.BYTES));
      }
      return form == UTF_16 ? utf16() : utf8(form - UTF_16);
    }

    private String utf8(long length) {
      int from = pass(length);
      return new String(bytes, from, position - from, StandardCharsets.UTF_8);
    }

    private String utf16() {
      char[] chars = new char[size(count())];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = (char) count();
      }
      return new String(chars);
    }
  }
}
