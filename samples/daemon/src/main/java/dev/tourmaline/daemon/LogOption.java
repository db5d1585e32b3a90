package dev.tourmaline.daemon;

import dev.tourmaline.daemon.logging.LogFormat;
import picocli.CommandLine;

/** The option that says how the log looks. */
final class LogOption {

  @CommandLine.Option(
      names = "--log",
      paramLabel = "text|json",
      description = "format of log lines on standard error. Default: text")
  private LogFormat format = LogFormat.TEXT;

  LogFormat format() {
    return format;
  }
}
