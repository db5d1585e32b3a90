package dev.tourmaline.engine.internal.effect;

/** The logarithm of the gamma function and what is made of it. */
final class LogGamma {

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** From here on Stirling's series is exact to fifteen digits. */
  private static final double LARGE = 15;

  private LogGamma() {}

  /**
   * {@return the logarithm of gamma, for arguments above 0}
   *
   * <p>Stirling's series (Abramowitz and Stegun, 6.1.41), reached from small arguments by {@code
   * gamma(x + 1) = x gamma(x)}.
   */
  static double of(double x) {
    double factors = 1;
    double large = x;
    for (; large < LARGE; large++) {
      factors *= large;
    }
    double inverse = 1 / large;
    double square = inverse * inverse;
    double series =
        inverse
            * (1 / 12.0
                - square
                    * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188))));
    return (large - 0.5) * Math.log(large) - large + HALF_LOG_TWO_PI + series - Math.log(factors);
  }

  /** {@return the logarithm of the beta function} */
  static double beta(double a, double b) {
    return of(a) + of(b) - of(a + b);
  }
}
