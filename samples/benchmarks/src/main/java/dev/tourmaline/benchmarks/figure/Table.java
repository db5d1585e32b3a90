package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Stopwatch.SYSTEM;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A table as a terminal and a Markdown page both show it, and below it what it was measured on. */
public final class Table {

  private static final String MACHINE = "%d processors (%s), %d GiB, %s %s, Java %s, load %.1f";

  private final List<List<String>> rows = new ArrayList<>();

  /** Begins a table with the heads of its columns. */
  public Table(String... heads) {
    rows.add(List.of(heads));
    rows.add(Collections.nCopies(heads.length, "---"));
  }

  /** Adds a row of as many cells as the table has heads. */
  public void row(Object... cells) {
    rows.add(Stream.of(cells).map(String::valueOf).toList());
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

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
        text.append("| ").append(row.get(i)).append(" ".repeat(width + 1 - row.get(i).length()));
      }
      text.append("|\n");
    }
    return text
        + MACHINE.formatted(
            SYSTEM.getAvailableProcessors(),
            SYSTEM.getArch(),
            Math.round(SYSTEM.getTotalMemorySize() / Math.pow(2, 30)),
            SYSTEM.getName(),
            SYSTEM.getVersion(),
            System.getProperty("java.version"),
            SYSTEM.getSystemLoadAverage());
  }
}
