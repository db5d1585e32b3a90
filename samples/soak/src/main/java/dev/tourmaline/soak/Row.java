package dev.tourmaline.soak;

import dev.tourmaline.soak.Column.Moment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was measured at one time, by column. */
record Row(Map<Column, Double> values) {

  static Row at(Moment moment) {
    Map<Column, Double> values = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      values.put(column, column.at(moment));
    }
    return new Row(values);
  }

  double get(Column column) {
    return values.getOrDefault(column, 0.0);
  }

  /** The titles, and the line below them. */
  static String head() {
    return line(Column::toString) + "\n" + "|---:".repeat(Column.values().length) + "|";
  }

  @Override
  public String toString() {
    return line(
        column -> {
          double value = get(column);
          boolean whole = column != Column.HOUR || value == Math.rint(value);
          return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", value);
        });
  }

  private static String line(Function<Column, String> cell) {
    return Arrays.stream(Column.values()).map(cell).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
