package dev.tourmaline.daemon.logging;

import java.util.Locale;

/** The form of a log line. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object a line, for log collectors. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
