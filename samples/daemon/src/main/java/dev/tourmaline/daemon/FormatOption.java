package dev.tourmaline.daemon;

import java.util.Locale;
import picocli.CommandLine;

/** The option that says how an answer is put out. */
final class FormatOption {

  /** How an answer is put out. */
  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @CommandLine.Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "text to read, or the JSON that the program answered. Default: text")
  private Format format = Format.TEXT;

  boolean isJson() {
    return format == Format.JSON;
  }
}
