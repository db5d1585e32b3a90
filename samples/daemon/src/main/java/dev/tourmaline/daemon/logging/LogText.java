package dev.tourmaline.daemon.logging;

import dev.tourmaline.engine.log.OneLine;

/** Text of others within a line of the log, as {@link OneLine} has it, with its line ends shown. */
final class LogText {

  private static final String LINE_ENDS = "\n\r\u000B\f\u0085\u2028\u2029";

  private LogText() {}

  /**
   * {@return the text with a bar for each run of line ends, and a space for other such characters}
   */
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean ended = false;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int c = text.codePointAt(at);
      boolean ends = LINE_ENDS.indexOf(c) >= 0;
      if (ends) {
        line.append(ended ? "" : " | ");
      } else if (c == '\t' || !OneLine.isUnfit(c)) {
        line.appendCodePoint(c);
      } else {
        line.append(' ');
      }
      ended = ends;
    }
    return line.toString();
  }

  /** {@return a stack trace in whose messages no line looks like one of the log} */
  static String ofStackTrace(String trace) {
    StringBuilder lines = new StringBuilder(trace.length());
    for (String line : trace.split("\n")) {
      boolean own = lines.isEmpty() || line.startsWith("\t") || line.startsWith("Caused by: ");
      lines.append(own ? "" : "\t| ").append(of(line)).append('\n');
    }
    return lines.toString();
  }
}
