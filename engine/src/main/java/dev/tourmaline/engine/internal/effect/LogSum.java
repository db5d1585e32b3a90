package dev.tourmaline.engine.internal.effect;

/** Sums of numbers that are known by their logarithms. */
final class LogSum {

  private LogSum() {}

  /** {@return the logarithm of the sum} */
  static double of(double... logs) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      greatest = Math.max(greatest, log);
    }
    if (Double.isInfinite(greatest)) {
      return greatest;
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - greatest);
    }
    return greatest + Math.log(sum);
  }
}
