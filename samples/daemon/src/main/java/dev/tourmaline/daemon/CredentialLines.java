package dev.tourmaline.daemon;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fields of a registration as lines of YAML: what a connector sends stays a value, whatever
 * characters it holds. A plain word stands as it is; anything else stands in double quotes, escaped
 * as JSON escapes it, in ASCII.
 */
final class CredentialLines {

  private static final String MASK = "********";
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./+=-]*(:[A-Za-z0-9_./+=-]+)*");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
  private static final Set<String> OTHER_THAN_TEXT =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");
  private static final int LAST_ASCII = 0x7e;

  private CredentialLines() {}

  /** {@return the fields, a line each, some of them masked} */
  static String of(Map<String, String> fields, Set<String> masked) {
    return fields.entrySet().stream()
        .map(
            field ->
                "%s: %s%n"
                    .formatted(
                        field.getKey(),
                        masked.contains(field.getKey()) ? MASK : scalar(field.getValue())))
        .collect(Collectors.joining());
  }

  /** {@return the first field that holds a line break or another control character} */
  static Optional<String> unfit(Map<String, String> fields) {
    return fields.entrySet().stream()
        .filter(field -> CONTROL.matcher(field.getValue()).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String scalar(String text) {
    boolean plain =
        PLAIN.matcher(text).matches()
            && OTHER_THAN_TEXT.stream().noneMatch(word -> word.equalsIgnoreCase(text));
    return plain ? text : '"' + escaped(text) + '"';
  }

  private static String escaped(String text) {
    StringBuilder ascii = new StringBuilder();
    for (char unit : JsonStringEncoder.getInstance().quoteAsString(text)) {
      ascii.append(unit > LAST_ASCII ? String.format("\\u%04x", (int) unit) : unit);
    }
    return ascii.toString();
  }
}
