package dev.tourmaline.benchmarks.measure;

import java.util.Arrays;

/** The same measure taken several times. Not thread-safe. */
public final class Rounds {

  private double[] values = {};

  /** Begins without any. */
  public Rounds() {}

  /**
   * Takes one in.
   *
   * @param value what was measured
   */
  public void add(double value) {
    values = Arrays.copyOf(values, values.length + 1);
    values[values.length - 1] = value;
  }

  /** {@return the one in the middle; of two, their mean} */
  public double median() {
    if (values.length == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** {@return the first one, before anything was warm} */
  public double first() {
    return values[0];
  }
}
