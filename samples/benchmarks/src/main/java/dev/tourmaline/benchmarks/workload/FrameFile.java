package dev.tourmaline.benchmarks.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the file of a {@link GeneratedStream}, a frame at a time and without copying it; none may
 * be longer than a mebibyte. Not thread-safe.
 */
public final class FrameFile implements AutoCloseable {

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] COUNT = "\"count\": ".getBytes(US_ASCII);
  private static final byte[] FORWARDED_AT = "\"forwarded_at\": ".getBytes(US_ASCII);

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 20];
  private int size;
  private int start;
  private int end = -1;

  /** Opens a file with one frame a line. */
  public FrameFile(File file) throws IOException {
    in = new FileInputStream(file);
  }

  /** Goes to the next frame, and says whether there is one. */
  public boolean next() throws IOException {
    start = end + 1;
    int from = start;
    while (true) {
      for (int at = from; at < size; at++) {
        if (buffer[at] == '\n') {
          end = at;
          return true;
        }
      }
      from = size - start;
      System.arraycopy(buffer, start, buffer, 0, from);
      start = 0;
      end = -1;
      size = from + Math.max(0, in.read(buffer, from, buffer.length - from));
      if (size == from) {
        return false;
      }
    }
  }

  /** {@return a reader of the frame; valid until the next} */
  public JsonParser json() throws IOException {
    return JSON.createParser(buffer, start, end - start);
  }

  public byte[] frame() {
    return Arrays.copyOfRange(buffer, start, end);
  }

  /** {@return the frame's {@code forwarded_at}, in milliseconds since the epoch} */
  public long forwardedAt() {
    return digitsAfter(FORWARDED_AT);
  }

  /** {@return how many actions the frame says that it holds} */
  public long count() {
    return digitsAfter(COUNT);
  }

  private long digitsAfter(byte[] name) {
    int at = start;
    while (!Arrays.equals(buffer, at, at + name.length, name, 0, name.length)) {
      at++;
    }
    long value = 0;
    for (int i = at + name.length; buffer[i] != ','; i++) {
      value = buffer[i] == '.' ? value : value * 10 + buffer[i] - '0';
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
