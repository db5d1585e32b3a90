package dev.tourmaline.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The version of the program, which the build writes into it. */
final class Version implements CommandLine.IVersionProvider {

  static String text() {
    try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the program cannot read its own version", e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      Tourmaline.NAME + " " + text(), "Java " + Runtime.version() + ", Apache License 2.0"
    };
  }
}
