package dev.tourmaline.engine.internal.decode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * An exact fixed-point parser of JSON numbers, never by way of {@code double}: times to the
 * microsecond, and whole numbers. The characters are known to follow JSON's grammar, except that
 * they may say NaN or Infinity.
 */
final class WireNumber {

  /** The number is not finite, has too many digits, or is not a whole one. */
  static final long BAD_NUMBER = -1;

  /** The number is no time between the years 2000 and 9999. */
  static final long BAD_TIME = -2;

  private static final long EARLIEST = 946_684_800L * 1_000_000;
  private static final long END = 253_402_300_800L * 1_000_000;
  private static final int MOST_SECONDS_DIGITS = 12;
  static final int MOST_DIGITS = 18;
  private static final int MOST_CHARACTERS = 400;
  private static final long[] POWERS = new long[MOST_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private WireNumber() {}

  /** {@return seconds since 1970 as microseconds, rounded; 0 for 0; or one of the faults} */
  static long micros(char[] chars, int offset, int length) {
    if (length > MOST_DIGITS + 1) {
      return microsOfOtherForm(chars, offset, length);
    }
    int end = offset + length;
    int fractionAt = end;
    long digits = 0;
    for (int i = offset; i < end; i++) {
      int digit = chars[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
      } else if (chars[i] == '.') {
        fractionAt = i + 1;
      } else {
        return microsOfOtherForm(chars, offset, length);
      }
    }
    int whole = fractionAt == end ? length : fractionAt - 1 - offset;
    return micros(digits, whole, end - fractionAt);
  }

  /**
   * {@return seconds since 1970 as microseconds, rounded; 0 for 0; or {@link #BAD_TIME}}
   *
   * @param digits the number's digits, of which there are at most 18, as one number
   * @param whole how many of them stand before the decimal point
   */
  static long micros(long digits, int whole, int decimals) {
    if (digits == 0) {
      return 0;
    }
    if (whole > MOST_SECONDS_DIGITS) {
      return BAD_TIME;
    }
    long micros =
        decimals <= 6
            ? digits * POWERS[6 - decimals]
            : (digits + POWERS[decimals - 6] / 2) / POWERS[decimals - 6];
    return inRange(micros);
  }

  /** {@return the whole number from 0 to 2^31 - 1, or the fault {@link #BAD_NUMBER}} */
  static long whole(char[] chars, int offset, int length) {
    int end = offset + length;
    long value = 0;
    for (int i = offset; i < end; i++) {
      if (!isDigit(chars[i])) {
        return wholeOfOtherForm(chars, offset, length);
      }
      value = Math.min(value * 10 + (chars[i] - '0'), 1L << 31);
    }
    return value >= 1L << 31 ? BAD_NUMBER : value;
  }

  private static long inRange(long micros) {
    return micros < EARLIEST || micros >= END ? BAD_TIME : micros;
  }

  private static long microsOfOtherForm(char[] chars, int offset, int length) {
    return decimal(chars, offset, length).map(WireNumber::micros).orElse(BAD_NUMBER);
  }

  private static long micros(BigDecimal seconds) {
    if (seconds.signum() == 0) {
      return 0;
    }
    if (seconds.signum() < 0 || magnitude(seconds) < 9 || magnitude(seconds) > 12) {
      return BAD_TIME;
    }
    return inRange(seconds.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue());
  }

  private static long wholeOfOtherForm(char[] chars, int offset, int length) {
    return decimal(chars, offset, length).map(WireNumber::whole).orElse(BAD_NUMBER);
  }

  private static long whole(BigDecimal value) {
    if (value.signum() == 0) {
      return 0;
    }
    if (value.signum() < 0 || magnitude(value) < 1 || magnitude(value) > 10) {
      return BAD_NUMBER;
    }
    boolean fraction = value.stripTrailingZeros().scale() > 0;
    return fraction || value.longValue() >= 1L << 31 ? BAD_NUMBER : value.longValue();
  }

  private static Optional<BigDecimal> decimal(char[] chars, int offset, int length) {
    boolean finite = isDigit(chars[offset + length - 1]);
    if (!finite || length > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(chars, offset, length));
    } catch (NumberFormatException exponentTooLarge) {
      return Optional.empty();
    }
  }

  /** {@return how many digits stand before the decimal point; negative for tiny fractions} */
  private static long magnitude(BigDecimal value) {
    return (long) value.precision() - value.scale();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
