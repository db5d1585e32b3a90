package dev.tourmaline.daemon.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that people write by hand; what is larger than a megabyte is none of them. */
final class SmallFile {

  static final int MOST_BYTES = 1_000_000;

  private SmallFile() {}

  /** Says that a file is too large; it was not read to its end. */
  static final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("is larger than 1 MB");
    }
  }

  /**
   * {@return the text of a file in UTF-8}
   *
   * @throws TooLargeException if it is larger than a megabyte
   * @throws java.nio.charset.MalformedInputException if it is no UTF-8
   * @throws IOException if it cannot be read
   */
  static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new TooLargeException();
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
