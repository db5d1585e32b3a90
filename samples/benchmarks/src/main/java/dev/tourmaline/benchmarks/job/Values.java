package dev.tourmaline.benchmarks.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Named values that fit on a line: what a job is told, and what it answers. Immutable. */
public final class Values {

  private static final Values NONE = new Values(Map.of());

  private final Map<String, String> byName;

  private Values(Map<String, String> byName) {
    this.byName = byName;
  }

  /** {@return no values} */
  public static Values none() {
    return NONE;
  }

  /**
   * {@return these values and one more}
   *
   * @param name without blanks and equals signs
   * @param value without tabs
   */
  public Values with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(byName);
    more.put(name, String.valueOf(value));
    return new Values(more);
  }

  /**
   * {@return a value}
   *
   * @param name its name
   */
  public String text(String name) {
    String value = byName.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no '" + name + "' in " + byName.keySet());
    }
    return value;
  }

  /**
   * {@return a number}
   *
   * @param name its name
   */
  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  /**
   * {@return a whole number}
   *
   * @param name its name
   */
  public int whole(String name) {
    return Integer.parseInt(text(name));
  }

  /** {@return the values on one line} */
  public String line() {
    return byName.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("\t"));
  }

  /**
   * {@return the values of a line}
   *
   * @param line as {@link #line()} gives it
   */
  public static Values parse(String line) {
    Values values = NONE;
    for (String part : line.split("\t")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        values = values.with(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return line();
  }
}
