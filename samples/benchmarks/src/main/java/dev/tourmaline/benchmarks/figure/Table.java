package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Stopwatch.SYSTEM;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables in Markdown, a row at a time, and the texts in their cells. */
public final class Table {

  private Table() {}

  public static String row(Object... cells) {
    return Stream.of(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** {@return what a table was measured on} */
  public static String machine() {
    return "%d processors (%s), %d GiB, %s %s, Java %s, load %.1f"
        .formatted(
            SYSTEM.getAvailableProcessors(),
            SYSTEM.getArch(),
            Math.round(SYSTEM.getTotalMemorySize() / Math.pow(2, 30)),
            SYSTEM.getName(),
            SYSTEM.getVersion(),
            System.getProperty("java.version"),
            SYSTEM.getSystemLoadAverage());
  }

  /** Text in which every number with a fraction has few digits. */
  static String text(String format, Object... values) {
    return format.formatted(
        Stream.of(values).map(value -> value instanceof Double n ? number(n) : value).toArray());
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** A share of 1 as a percentage. */
  static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100);
  }
}
