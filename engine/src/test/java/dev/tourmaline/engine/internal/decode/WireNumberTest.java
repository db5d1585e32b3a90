package dev.tourmaline.engine.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireNumberTest {

  @ParameterizedTest
  @CsvSource({
    "1700000000, 1700000000000000",
    "1700000000.0, 1700000000000000",
    "1700000005.2, 1700000005200000",
    "1700000005.123456, 1700000005123456",
    "1700000005.1234564, 1700000005123456",
    "1700000005.1234565, 1700000005123457",
    "1700000005.12345649999999999999, 1700000005123456",
    "1700000005.9999999, 1700000006000000",
    "1.7e9, 1700000000000000",
    "1.7000000051234565E+9, 1700000005123457",
    "17000000000000000e-7, 1700000000000000",
    "946684800, 946684800000000",
    "946684799.9999999, 946684800000000",
    "253402300799.999999, 253402300799999999",
    "0, 0",
    "-0.0, 0",
    "0.0000000000000000000000000, 0",
    "0e123456789, 0"
  })
  void readsTimesToTheMicrosecond(String text, long micros) {
    assertThat(micros(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "946684799.999999",
    "946684799.9999994",
    "253402300799.9999999",
    "253402300800",
    "1700000000000",
    "9999999999999",
    "9223372036854775807",
    "9999999999999999999",
    "18446744073709551616",
    "1e300",
    "1e-300",
    "0.00000000000000000000000001",
    "-1700000000",
    "-1.7e9"
  })
  void refusesTimesOutsideTheCalendar(String text) {
    assertThat(micros(text)).isEqualTo(WireNumber.BAD_TIME);
  }

  @Test
  void roundsAsExactArithmeticDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal exact =
          BigDecimal.valueOf(1_000_000_000L + random.nextInt(1_000_000_000))
              .add(new BigDecimal(Math.abs(random.nextLong())).movePointLeft(19))
              .setScale(random.nextInt(20), RoundingMode.DOWN);
      String text = random.nextBoolean() ? exact.toPlainString() : withExponent(exact);

      assertThat(micros(text))
          .as(text)
          .isEqualTo(exact.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-0, 0", "7, 7", "2147483647, 2147483647", "3.0, 3", "2e3, 2000", "0e99, 0"})
  void readsWholeNumbers(String text, long value) {
    assertThat(whole(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "-1",
    "2147483648",
    "4294967296",
    "18446744073709551617",
    "0.5",
    "1e-1",
    "1e10",
    "1e2147483647",
    "1e-2147483647",
    "NaN",
    "Infinity"
  })
  void refusesOtherNumbers(String text) {
    assertThat(whole(text)).isEqualTo(WireNumber.BAD_NUMBER);
  }

  private static String withExponent(BigDecimal exact) {
    return exact.unscaledValue() + "E-" + exact.scale();
  }

  private static long micros(String text) {
    String padded = "9" + text + "9";
    return WireNumber.micros(padded.toCharArray(), 1, text.length());
  }

  private static long whole(String text) {
    String padded = "9" + text + "9";
    return WireNumber.whole(padded.toCharArray(), 1, text.length());
  }
}
