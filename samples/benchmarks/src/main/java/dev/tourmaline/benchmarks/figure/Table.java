package dev.tourmaline.benchmarks.figure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A table as a terminal and a Markdown page both show it, and below it what it was measured on. */
public final class Table {

  private static final String JAVA = System.getProperty("java.version");
  private static final String RULE = "---";

  private final List<List<String>> rows = new ArrayList<>();

  /** Begins a table with the heads of its columns. */
  public Table(String... heads) {
    rows.add(List.of(heads));
    rows.add(Collections.nCopies(heads.length, RULE));
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
        String cell = row.get(i);
        String padding = (cell.equals(RULE) ? "-" : " ").repeat(width - cell.length());
        text.append("| ").append(cell).append(padding).append(' ');
      }
      text.append("|\n");
    }
    return text + machine();
  }

  private static String machine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    int processors = system.getAvailableProcessors();
    long gibibytes = Math.round(system.getTotalMemorySize() / Math.pow(2, 30));
    String kind = system.getName() + " " + system.getVersion();
    return "%d processors (%s), %d GiB, %s, Java %s, load %.1f"
        .formatted(
            processors, system.getArch(), gibibytes, kind, JAVA, system.getSystemLoadAverage());
  }
}
