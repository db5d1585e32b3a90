package dev.tourmaline.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language of time windows. */
class WindowsTest {

  @ParameterizedTest
  @CsvSource({
    "10m, 600000",
    "90s, 90000",
    "500ms, 500",
    "1h, 3600000",
    "7d, 604800000",
    "1h30m, 5400000",
    "' 5s ', 5000",
    "0s, 0",
    "999999999d, 86399999913600000"
  })
  void aWindowIsANumberAndAUnit(String text, long millis) {
    assertThat(Windows.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"''", "10", "m", "10 m", "-5m", "1.5h", "5M", "10mm", "٣s", "1h 30m", "9999999999s"})
  void anythingElseIsNoWindow(String text) {
    assertThat(Windows.parse(text)).isEmpty();
  }

  @Test
  void noWindowIsTooLongToRead() {
    assertThat(Windows.parse("1s".repeat(100_000))).contains(Duration.ofSeconds(100_000));
    assertThat(Windows.parse("999999999d".repeat(1_000)))
        .hasValueSatisfying(window -> assertThat(window).isPositive());
  }
}
