package dev.tourmaline.workload;

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

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 20];
  private int size;
  private int start;
  private int end = -1;

  /** Reads the JSON of one frame. */
  public interface FrameReader {
    void read(JsonParser json) throws IOException;
  }

  /** Opens a file with one frame a line. */
  public FrameFile(File file) throws IOException {
    in = new FileInputStream(file);
  }

  /** Gives a reader the frames of a file, one after the other. */
  public static void parse(File file, FrameReader reader) throws IOException {
    try (FrameFile frames = new FrameFile(file)) {
      while (frames.next()) {
        try (JsonParser json = frames.json()) {
          reader.read(json);
        }
      }
    }
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
      size = from + Math.max(0, in.read(buffer, from, buffer.length - from));
      if (size == from) {
        return false;
      }
    }
  }

  private JsonParser json() throws IOException {
    return JSON.createParser(buffer, start, end - start);
  }

  public byte[] frame() {
    return Arrays.copyOfRange(buffer, start, end);
  }

  /** {@return the frame's {@code forwarded_at}, in milliseconds since the epoch} */
  public long forwardedAt() {
    return number("\"forwarded_at\": ");
  }

  /** {@return how many actions the frame says that it holds} */
  public long count() {
    return number("\"count\": ");
  }

  /** The digits behind a field's name as a number, without its point. */
  private long number(String name) {
    String frame = new String(buffer, start, end - start, US_ASCII);
    long number = 0;
    for (int i = frame.indexOf(name) + name.length(); ",}".indexOf(frame.charAt(i)) < 0; i++) {
      char digit = frame.charAt(i);
      number = digit == '.' ? number : number * 10 + digit - '0';
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
