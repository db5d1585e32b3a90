package dev.tourmaline.engine.log;

/**
 * Text of others within a line of ours: what would end the line, or turn it round for a reader, is
 * kept out. That is every control and format character (bidirectional ones among them) and every
 * separator of lines and paragraphs. Stateless.
 */
public final class OneLine {

  private OneLine() {}

  /**
   * {@return the text, with a space for each run of such characters}
   *
   * @param text anybody's text
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean gap = false;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int character = text.codePointAt(at);
      boolean unfit = isUnfit(character);
      if (!unfit) {
        line.appendCodePoint(character);
      } else if (!gap) {
        line.append(' ');
      }
      gap = unfit;
    }
    return line.toString();
  }

  /**
   * {@return JSON with such characters escaped, which only texts within it hold}
   *
   * @param json JSON on one line
   */
  public static String ofJson(String json) {
    StringBuilder line = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            character -> {
              if (isUnfit(character)) {
                for (char unit : Character.toChars(character)) {
                  line.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                line.appendCodePoint(character);
              }
            });
    return line.toString();
  }

  /**
   * {@return whether a character has no place in a line of ours}
   *
   * @param character a code point
   */
  public static boolean isUnfit(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
