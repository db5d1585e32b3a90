package dev.tourmaline.adapter.browser.npm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A reader of npm's archives: POSIX tar in gzip, all in one folder at the top. */
final class NpmTarball {

  private static final int BLOCK = 512;

  private NpmTarball() {}

  /** {@return the file at {@code path} below the archive's top folder} */
  static byte[] of(Path archive, String path) {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      for (byte[] header = in.readNBytes(BLOCK);
          header.length == BLOCK && header[0] != 0;
          header = in.readNBytes(BLOCK)) {
        int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
        if (nameOf(header).replaceFirst("^[^/]*/", "").equals(path)) {
          return in.readNBytes(size);
        }
        in.skipNBytes((size + BLOCK - 1L) / BLOCK * BLOCK);
      }
      throw new IllegalStateException(archive + " has no file " + path);
    } catch (IOException e) {
      throw new UncheckedIOException(archive + " cannot be read", e);
    }
  }

  private static String nameOf(byte[] header) {
    String folder = text(header, 345, 155);
    return (folder.isEmpty() ? "" : folder + "/") + text(header, 0, 100);
  }

  private static String text(byte[] header, int from, int length) {
    String field = new String(header, from, length, StandardCharsets.UTF_8);
    int end = field.indexOf('\0');
    return end < 0 ? field : field.substring(0, end);
  }
}
