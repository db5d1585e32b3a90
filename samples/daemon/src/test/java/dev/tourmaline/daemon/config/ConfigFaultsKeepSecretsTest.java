package dev.tourmaline.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reference stands for is in no message; and no input is a fault of the program itself. */
class ConfigFaultsKeepSecretsTest {

  private static final String SECRET = "hunter2-of-the-secret-file";
  private static final String LONG = "x".repeat(40);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http: {session_secret: LONG, cors: [REF]}",
        "http: {session_secret: LONG, port: REF}",
        "http: {session_secret: REF}",
        "admin: {port: REF}",
        "rules: [REF]",
        "rules: [\"pack:REF\"]",
        "sinks: [{type: REF}]",
        "sinks: [{type: jsonl, file: REF/x}]",
        "sinks: [{type: jsonl, file: REF}, {type: jsonl, file: REF}]",
        "sinks: [{type: browser, ttl: REF}]",
        "policy: {once_per: REF}",
        "policy: {between_tours: REF}",
        "policy: {per_user_per_day: REF}",
        "policy: {holdout: REF}",
        "products: [{id: REF}]",
        "products: [{id: REF, stream: {}}, {id: REF, stream: {}}]",
        "products: [{id: p, stream: {url: REF, token: LONG}}]",
        "products: [{id: p, stream: {url: \"http://REF:99999/\", token: LONG}}]",
        "products: [{id: p, stream: {url: u, token: LONG, on_fatal: REF}}]",
      })
  void aFaultShowsTheReferenceAndNeverWhatItStandsFor(String yaml) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);

    String faults = faults(yaml.replace("REF", "${file:" + secret + "}").replace("LONG", LONG));

    assertThat(faults).doesNotContain(SECRET);
    assertThat(faults.replace("${NAME} or ${file:PATH}", "")).contains("tourmaline.yaml:1: ");
    assertThat(faults(yaml.replace("REF", "${NAME}").replace("LONG", LONG)))
        .doesNotContain("value-of-the-variable");
  }

  @Test
  void theOriginOfAPageIsShownAsItStands() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    assertThat(faults("http: {session_secret: %s, cors: [\"${file:%s}\"]}".formatted(LONG, secret)))
        .contains("http.cors[0]: is '${file:" + secret + "}', it must be an origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://my_app.example.com",
        "https://app.example.com:99999",
        "https://app.example.com:0",
        "https://[::1",
        "https://app.example.com:port",
      })
  void anOriginThatNoBrowserSendsIsAFaultOfTheFile(String origin) throws IOException {
    assertThat(faults("http: {session_secret: %s, cors: [\"%s\"]}".formatted(LONG, origin)))
        .contains("http.cors[0]: is '" + origin + "', ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a.example:99999/s", "https://a_b.example/s", "http://:1/s"})
  void anAddressThatNothingListensOnIsAFaultOfTheFile(String url) throws IOException {
    assertThat(faults("products: [{id: p, stream: {url: \"%s\", token: %s}}]".formatted(url, LONG)))
        .contains("products[0].stream.url: is '" + url + "', ");
  }

  @Test
  void aTextThatIsNoPathIsAFaultOfTheFile() throws IOException {
    assertThat(
            faults(
                "sinks: [{type: jsonl, file: \"a\\0b\"}]\nhttp: {session_secret: \"${file:a\\0b}\"}"))
        .contains("sinks[0].file: is no path", "http.session_secret: has ${file:", "is no path");
  }

  @Test
  void aFileThatIsNoConfigurationIsNotReadToItsEnd() throws IOException {
    assertThat(faults("a: " + "x".repeat(1_000_000)))
        .contains("tourmaline.yaml: is larger than 1 MB, which no configuration is");
  }

  @Test
  void aFileThatIsNoSecretIsNotReadToItsEnd() throws IOException {
    Path secret = Files.write(folder.resolve("secret"), new byte[1_000_001]);
    assertThat(faults("http: {session_secret: \"${file:%s}\"}".formatted(secret)))
        .contains("the file " + secret + " is larger than 1 MB, which no secret is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "a: &a [*a, ", "? ", "\"", "!!x "})
  void whatAFileRepeatsWithoutEndIsAFaultOfTheFile(String unit) throws IOException {
    assertThat(faults(unit.repeat(900_000 / unit.length()))).contains("tourmaline.yaml");
  }

  @Test
  void aHostIsShownInFaultsAsItStands() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tourmaline.yaml"),
            """
            products: [{id: p, stream: {url: "http://127.0.0.1/", token: LONG}}]
            rules: ["pack:billing"]
            admin: {host: "${NAME}"}
            """
                .replace("LONG", LONG));
    DaemonConfig config = ConfigReader.read(file, Map.of("NAME", SECRET));
    assertThat(config.admin().orElseThrow().host())
        .isEqualTo(new DaemonConfig.Host(SECRET, "${NAME}"));
  }

  private String faults(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("tourmaline.yaml"), yaml);
    InvalidConfigException faults =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> ConfigReader.read(file, Map.of("NAME", "value-of-the-variable")));
    assertThat(faults).isNotNull();
    return String.valueOf(faults.getMessage());
  }
}
