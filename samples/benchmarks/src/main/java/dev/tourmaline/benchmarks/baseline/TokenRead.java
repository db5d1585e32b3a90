package dev.tourmaline.benchmarks.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.benchmarks.stream.FrameFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A streaming read of every JSON token of a file, frame by frame, with the text of every value: the
 * least that anybody pays who reads the frames at all.
 */
public final class TokenRead {

  private static final JsonFactory JSON = new JsonFactory();

  private TokenRead() {}

  /**
   * Reads a file.
   *
   * @param file one frame a line
   * @return how many characters its values have
   * @throws IOException if it cannot be read
   */
  public static long read(Path file) throws IOException {
    long characters = 0;
    try (FrameFile frames = new FrameFile(file)) {
      while (frames.next()) {
        characters += read(frames.buffer(), frames.start(), frames.length());
      }
    }
    return characters;
  }

  /**
   * Reads one frame.
   *
   * @param bytes holds it
   * @param offset where it begins
   * @param length how long it is
   * @return how many characters its values have
   * @throws IOException if it is not JSON
   */
  public static long read(byte[] bytes, int offset, int length) throws IOException {
    long characters = 0;
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          characters += json.getText().length();
        }
      }
    }
    return characters;
  }
}
