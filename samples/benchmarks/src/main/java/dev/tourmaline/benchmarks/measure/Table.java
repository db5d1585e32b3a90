package dev.tourmaline.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table as a terminal and a Markdown page both show it. Not thread-safe. */
public final class Table {

  private final List<String[]> rows = new ArrayList<>();

  /**
   * Begins a table.
   *
   * @param heads the heads of its columns
   */
  public Table(String... heads) {
    rows.add(heads);
    String[] rule = new String[heads.length];
    Arrays.fill(rule, "---");
    rows.add(rule);
  }

  /**
   * Adds a row.
   *
   * @param cells as many as the table has heads
   * @return this table
   */
  public Table row(String... cells) {
    rows.add(cells);
    return this;
  }

  /**
   * {@return a number in few digits}
   *
   * @param value the number
   */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /**
   * {@return a share as a percentage}
   *
   * @param share 1 for the whole
   */
  public static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100);
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        boolean rule = row[i].equals("---");
        text.append(i == 0 ? "| " : " | ").append(row[i]);
        text.append((rule ? "-" : " ").repeat(widths[i] - row[i].length()));
      }
      text.append(" |\n");
    }
    return text.toString();
  }
}
