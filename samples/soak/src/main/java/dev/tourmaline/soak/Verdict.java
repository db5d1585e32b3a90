package dev.tourmaline.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a run was flat: the median of the last quarter of its rows is, column by column, that of
 * the second quarter, within the column's tolerance. The first quarter is the time to warm up.
 *
 * @param faults what was not flat, and what was wrong at the end
 */
record Verdict(List<String> faults) {

  /** Fewer rows have no quarters. */
  static final int LEAST_ROWS = 4;

  static Verdict of(List<Row> rows) {
    int size = rows.size();
    List<Row> second = rows.subList(size / 4, size / 2);
    List<Row> last = rows.subList(size - size / 4, size);
    List<String> faults = new ArrayList<>();
    for (Column column : Column.values()) {
      double before = median(second, column);
      double after = median(last, column);
      if (!column.isFlat(before, after)) {
        faults.add(
            String.format(
                Locale.ROOT,
                "%s is not flat: %,.1f in the second quarter, %,.1f in the last",
                column,
                before,
                after));
      }
    }
    return new Verdict(List.copyOf(faults));
  }

  private static double median(List<Row> rows, Column column) {
    double[] sorted = rows.stream().mapToDouble(row -> row.get(column)).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** This verdict with one more fault, unless something is as it should be. */
  Verdict and(boolean asItShould, String fault) {
    List<String> all = new ArrayList<>(faults);
    if (!asItShould) {
      all.add(fault);
    }
    return new Verdict(List.copyOf(all));
  }

  boolean isFlat() {
    return faults.isEmpty();
  }

  @Override
  public String toString() {
    return isFlat() ? "flat" : "NOT FLAT: " + String.join("; ", faults);
  }
}
