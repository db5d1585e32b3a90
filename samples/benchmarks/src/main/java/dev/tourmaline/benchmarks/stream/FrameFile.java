package dev.tourmaline.benchmarks.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file of frames, a frame at a time. Not thread-safe. */
public final class FrameFile implements AutoCloseable {

  private static final byte[] FORWARDED_AT =
      "\"forwarded_at\": ".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private byte[] buffer = new byte[1 << 20];
  private int position;
  private int size;
  private int start;
  private int length;

  /**
   * Opens a file.
   *
   * @param file one frame a line
   * @throws IOException if it cannot be opened
   */
  public FrameFile(Path file) throws IOException {
    in = Files.newInputStream(file);
  }

  /**
   * Goes to the next frame.
   *
   * @return whether there is one
   * @throws IOException if the file cannot be read
   */
  public boolean next() throws IOException {
    int from = position;
    while (true) {
      for (int i = from; i < size; i++) {
        if (buffer[i] == '\n') {
          start = position;
          length = i - position;
          position = i + 1;
          return true;
        }
      }
      from = size - position;
      System.arraycopy(buffer, position, buffer, 0, from);
      size = from;
      position = 0;
      if (size == buffer.length) {
        buffer = Arrays.copyOf(buffer, size * 2);
      }
      int read = in.read(buffer, size, buffer.length - size);
      if (read < 0) {
        return false;
      }
      size += read;
    }
  }

  /** {@return the bytes that hold the frame, from {@link #start()} on; valid until the next} */
  public byte[] buffer() {
    return buffer;
  }

  /** {@return where the frame begins} */
  public int start() {
    return start;
  }

  /** {@return how many bytes it has} */
  public int length() {
    return length;
  }

  /** {@return a copy of the frame} */
  public byte[] frame() {
    return Arrays.copyOfRange(buffer, start, start + length);
  }

  /** {@return the frame's {@code forwarded_at}, in milliseconds since the epoch} */
  public long forwardedAt() {
    int at = start;
    while (!Arrays.equals(
        buffer, at, at + FORWARDED_AT.length, FORWARDED_AT, 0, FORWARDED_AT.length)) {
      at++;
    }
    long value = 0;
    for (int i = at + FORWARDED_AT.length; buffer[i] != ','; i++) {
      value = buffer[i] == '.' ? value : value * 10 + buffer[i] - '0';
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
