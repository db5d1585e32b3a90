package dev.tourmaline.daemon.logging;

/**
 * Text of others within a line of the log: no character of it ends the line, for whichever reader,
 * or turns it round. Those are the control and format characters, bidirectional ones among them,
 * and Unicode's separators of lines and paragraphs.
 */
final class OneLine {

  private static final String LINE_ENDS = "\n\r\u000B\f\u0085\u2028\u2029";

  private OneLine() {}

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
      } else if (c == '\t' || !isUnfit(c)) {
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

  /** {@return JSON with such characters, which only texts within it hold, escaped} */
  static String ofJson(String json) {
    StringBuilder line = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            c -> {
              if (isUnfit(c)) {
                for (char unit : Character.toChars(c)) {
                  line.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  private static boolean isUnfit(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
