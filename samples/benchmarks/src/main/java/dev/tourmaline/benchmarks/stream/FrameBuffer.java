package dev.tourmaline.benchmarks.stream;

import java.util.Arrays;

/** Bytes of frames as they are written. Not thread-safe. */
public final class FrameBuffer {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** Makes an empty buffer. */
  public FrameBuffer() {}

  /** Forgets what was written. */
  public void clear() {
    size = 0;
  }

  /** {@return how many bytes were written} */
  public int size() {
    return size;
  }

  /** {@return the bytes from 0 to {@link #size()}; not a copy} */
  public byte[] bytes() {
    return bytes;
  }

  /** {@return a copy of what was written} */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2 + more);
    }
  }

  void add(byte[] ascii) {
    room(ascii.length);
    System.arraycopy(ascii, 0, bytes, size, ascii.length);
    size += ascii.length;
  }

  void add(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
  }

  void number(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    digits(value, digits);
  }

  private void digits(long value, int count) {
    room(count);
    long rest = value;
    for (int i = size + count - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  /** Milliseconds, written as seconds with three decimals. */
  void seconds(long millis) {
    number(millis / 1000);
    add('.');
    digits(millis % 1000, 3);
  }

  void hex(long value, int digits) {
    room(digits);
    for (int i = 0; i < digits; i++) {
      bytes[size++] = HEX[(int) (value >>> 4 * (digits - 1 - i) & 15)];
    }
  }
}
