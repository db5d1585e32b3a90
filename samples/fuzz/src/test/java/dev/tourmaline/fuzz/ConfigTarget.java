package dev.tourmaline.fuzz;

import dev.tourmaline.daemon.config.ConfigReader;
import dev.tourmaline.daemon.config.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The daemon's configuration: any text is read or refused with reasons, and neither the reasons nor
 * what is read show a secret in print.
 */
public final class ConfigTarget {

  private static final String SECRET = "0PEN-5E5AME-0PEN-5E5AME-0PEN-5E5AME";
  private static final Path FILE = file();

  private ConfigTarget() {}

  private static Path file() {
    try {
      Path folder = Files.createTempDirectory("tourmaline-fuzz");
      // Rules are searched elsewhere; these are refused at once.
      Files.writeString(folder.resolve("tours.drl"), "rule");
      Path file = Files.writeString(folder.resolve("tourmaline.yaml"), "");
      folder.toFile().deleteOnExit();
      folder.resolve("tours.drl").toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does what takes long at first. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput("rules: [tours.drl]".getBytes(StandardCharsets.US_ASCII));
  }

  /** Holds an input to the property. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Files.write(FILE, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String shown;
    try {
      shown = ConfigReader.read(FILE, Map.of("SECRET", SECRET)).toString();
    } catch (InvalidConfigException e) {
      shown = String.join("\n", e.lines());
      if (shown.isBlank()) {
        throw new IllegalStateException("refused without a reason", e);
      }
    }
    if (shown.contains(SECRET)) {
      throw new IllegalStateException("shows a secret: " + shown);
    }
  }
}
