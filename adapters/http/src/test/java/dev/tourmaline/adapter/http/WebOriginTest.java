package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com",
        "http://app.example.com:8080",
        "https://localhost:65535",
        "http://127.0.0.1:1",
        "http://[::1]:3000",
        "https://xn--bcher-kva.example",
      })
  void whatABrowserSendsIsAnOrigin(String text) {
    assertThat(WebOrigin.fault(text)).isEmpty();
    assertThat(new WebOrigin(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                            | must look like https://app.example.com",
        "''                           | must look like https://app.example.com",
        "null                         | must look like https://app.example.com",
        "app.example.com              | must look like https://app.example.com",
        "https://                     | must look like https://app.example.com",
        "ftp://app.example.com        | must look like https://app.example.com",
        "https://app.example.com/     | must look like https://app.example.com",
        "https://app.example.com?a    | must look like https://app.example.com",
        "https://me@app.example.com   | must look like https://app.example.com",
        "https://a_b:x@example.com    | must look like https://app.example.com",
        "https://App.example.com      | must be in lower case, as browsers send it",
        "HTTPS://app.example.com      | must be in lower case, as browsers send it",
        "https://my_app.example.com   | must have a host of letters a to z, digits, - and .",
        "https://bücher.example       | must have a host of letters a to z, digits, - and .",
        "https://app.example.com:x    | must have a host of letters a to z, digits, - and .",
        "https://app.example.com:99999| must have a port from 1 to 65535",
        "https://app.example.com:0    | must have a port from 1 to 65535",
        "https://app.example.com:443  | must leave out the port of its scheme, as browsers do",
        "http://app.example.com:80    | must leave out the port of its scheme, as browsers do",
        "https://app.example.com:     | must leave out the port of its scheme, as browsers do",
      })
  void whatNoBrowserSendsIsNamedWithWhatWouldBeRight(String text, String fault) {
    assertThat(WebOrigin.fault(text)).hasValue(fault);
  }

  @Test
  void aFaultyOriginIsRefusedWithItsText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebOrigin("https://a_b"))
        .withMessage("origin \"https://a_b\" must have a host of letters a to z, digits, - and .");
  }
}
