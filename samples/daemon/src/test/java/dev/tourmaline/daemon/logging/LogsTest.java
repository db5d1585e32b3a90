package dev.tourmaline.daemon.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LogsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void asJsonEveryEventIsOneLineWhateverItHolds() throws IOException {
    Logs.informative(LogFormat.JSON, out);
    LoggerFactory.getLogger("dev.tourmaline.test")
        .warn("two\nlines and \"quotes\" of {}", "é", new IllegalStateException("broken"));
    assertThat(text().lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(text());
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("dev.tourmaline.test");
    assertThat(line.path("message").asText()).isEqualTo("two\nlines and \"quotes\" of é");
    assertThat(line.path("error").asText()).contains("IllegalStateException: broken", "\n\tat ");
    assertThat(line.path("at").asText()).endsWith("Z");
  }

  @Test
  void asTextAMessageStaysOnItsLine() {
    Logs.informative(LogFormat.TEXT, out);
    LoggerFactory.getLogger("dev.tourmaline.test").info("one\ntwo");
    assertThat(text()).contains("INFO  test - one | two\n");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void noLineHoldsAnEmailAddressWhereverItCameFrom(LogFormat format) {
    Logs.informative(format, out);
    LoggerFactory.getLogger("dev.tourmaline.test")
        .warn(
            "in session {}: at {} of {}",
            "prod_abc/ada.lovelace+x@mail.example.com",
            "java.base@17.0.15/Unsafe.park",
            "zoë@bücher.example",
            new NumberFormatException("For input string: \"bob@example.org\""));
    assertThat(text())
        .contains("in session prod_abc/***@***: at java.base@17.0.15/Unsafe.park of ***@***")
        .contains("For input string")
        .doesNotContain("ada", "lovelace", "bob", "zoë", "example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane@localhost",
        "jane%40example.com",
        "jane%2540example.com",
        "jane%252540localhost",
        "jane@[127.0.0.1]",
        "jane@10.0.0.1",
        "jane&#64;example.com",
        "jane&#x40;example.com",
        "\"jane doe\"@example.com",
        "o'jane@example.com",
        "jane\uFF20example.com",
        "jane@bücher.example.",
        "to\njane@example.com",
      })
  void anAddressIsMaskedInWhicheverFormItComes(String address) throws IOException {
    for (LogFormat format : LogFormat.values()) {
      out.reset();
      Logs.informative(format, out);
      LoggerFactory.getLogger("dev.tourmaline.test").warn("by {} <{}>", address, address);
      assertThat(text()).contains("***@***").doesNotContain("jane", "example", "localhost", "10.0");
      if (format == LogFormat.JSON) {
        assertThat(new ObjectMapper().readTree(text()).path("message").asText()).contains("***");
      }
    }
  }

  @Test
  void aLongTextOfSignsIsMaskedInOnePass() {
    Logs.informative(LogFormat.TEXT, out);
    LoggerFactory.getLogger("dev.tourmaline.test")
        .warn("{} {}", "a".repeat(500_000) + "@", "%40".repeat(200_000) + "@[".repeat(200_000));
    assertThat(text()).contains("WARN ");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void noTextOfOthersEndsALineOrTurnsItRound(LogFormat format) {
    Logs.informative(format, out);
    String forging =
        "x\r\u0085\u2028\u2029\u000b\u202e\u2066\u001b[2J\u009b2026-03-01 ERROR forged";
    LoggerFactory.getLogger("dev.tourmaline.test")
        .warn("of {}", forging, new IllegalStateException("of\n" + forging));
    assertThat(text().replace("\n", "").replace("\t", ""))
        .contains("forged")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(text().lines().filter(line -> line.startsWith("2026-03-01 ERROR"))).isEmpty();
    assertThat(text().lines().filter(line -> line.startsWith("x"))).isEmpty();
  }

  @Test
  void quietLogsKeepToWarningsAndOthersAlwaysDo() {
    Logs.quiet(LogFormat.TEXT, out);
    LoggerFactory.getLogger("dev.tourmaline.test").info("left out");
    Logs.informative(LogFormat.TEXT, out);
    LoggerFactory.getLogger("org.drools.core").info("left out as well");
    assertThat(text()).isEmpty();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
