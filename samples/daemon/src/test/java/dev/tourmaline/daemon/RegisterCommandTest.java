package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterCommandTest {

  private static final String SUCCESS =
      "{\"webhook_secret\":\"wh-secret\",\"unkey_key\":\"uk_live_secret\",\"unkey_key_id\":\"k\"}";

  @TempDir Path folder;

  private final Running program = new Running();
  private final MockWebServer connector = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    connector.start();
  }

  @AfterEach
  void stop() {
    connector.close();
  }

  @Test
  void itPrintsTheFiveFieldsWithTheSecretsMasked() throws Exception {
    answer(201, SUCCESS);
    assertThat(register()).isZero();
    assertThat(program.out().lines())
        .containsExactly(
            "product_id: prod_abc",
            "webhook_url: " + connector.url("/webhook/prod_abc"),
            "stream_url: " + connector.url("/stream/prod_abc"),
            "webhook_secret: ********",
            "unkey_key: ********");
    assertThat(program.err()).contains("masked", "--force and --save FILE").doesNotContain("\r");
    RecordedRequest request = connector.takeRequest();
    JsonNode sent = new ObjectMapper().readTree(request.getBody().utf8());
    assertThat(sent.path("contact_email").asText()).isEqualTo("you@example.com");
    assertThat(sent.path("force_reregister").asBoolean()).isFalse();
  }

  @Test
  void askedToItShowsTheSecrets() {
    answer(201, SUCCESS);
    assertThat(register("--show-secrets")).isZero();
    assertThat(program.out()).contains("webhook_secret: wh-secret", "unkey_key: uk_live_secret");
  }

  @Test
  void savedTheyAreInAFileForTheOwnerAlone() throws IOException {
    answer(201, SUCCESS);
    Path file = folder.resolve("credentials.yaml");
    assertThat(register("--save", file.toString())).isZero();
    assertThat(Files.readAllLines(file))
        .contains("webhook_secret: wh-secret", "unkey_key: uk_live_secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(program.out()).doesNotContain("wh-secret", "uk_live_secret");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anExistingFileIsReplacedOnlyByForce() throws IOException {
    Path file = Files.writeString(folder.resolve("credentials.yaml"), "mine");
    assertThat(register("--save", file.toString())).isEqualTo(2);
    assertThat(program.err()).contains("which exists");
    assertThat(connector.getRequestCount()).isZero();
    assertThat(file).hasContent("mine");
    answer(201, SUCCESS);
    assertThat(register("--save", file.toString(), "--force")).isZero();
    assertThat(Files.readString(file)).contains("uk_live_secret");
  }

  @Test
  void aProductThatIsRegisteredAlreadyIsExplained() throws IOException {
    answer(409, "{\"unkey_key\":\"uk_live_secret\"}");
    assertThat(register("--save", folder.resolve("c.yaml").toString())).isEqualTo(1);
    assertThat(program.err()).contains("already registered", "--force");
    assertThat(program.err() + program.out()).doesNotContain("uk_live_secret");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anyOtherAnswerIsExplainedWithoutItsBody() {
    answer(500, "token uk_live_secret");
    assertThat(register()).isEqualTo(1);
    assertThat(program.err()).contains("500").doesNotContain("uk_live_secret");
  }

  @Test
  void onATerminalItShowsThatItWaits() {
    answer(201, SUCCESS);
    program.onTerminal();
    assertThat(register()).isZero();
    assertThat(program.err()).contains("registering prod_abc");
  }

  @Test
  void allFaultsAreReportedTogether() {
    assertThat(
            program.run("register", "--email", "nobody", "--connector", "nowhere", "--save", "/"))
        .isEqualTo(2);
    assertThat(program.err())
        .contains("--product", "no e-mail address", "connector is no http", "--save is '/'")
        .doesNotContain("nobody");
  }

  @Test
  void whatAConnectorSendsStaysAValueOfItsKey() throws IOException {
    String secret = "a: b # \u202e\"\\\\ {x}";
    answer(
        201,
        new ObjectMapper()
            .writeValueAsString(Map.of("webhook_secret", secret, "unkey_key", "yes")));
    Path file = folder.resolve("credentials.yaml");

    assertThat(register("--save", file.toString(), "--show-secrets")).isZero();

    JsonNode saved = new YAMLMapper().readTree(file.toFile());
    assertThat(saved.path("webhook_secret").asText()).isEqualTo(secret);
    assertThat(saved.path("unkey_key").isTextual()).isTrue();
    assertThat(saved.path("unkey_key").asText()).isEqualTo("yes");
    assertThat(program.out()).isEqualTo(Files.readString(file)).isASCII();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nunkey_key: theirs", "a\u001b[2Jb", "a\u2028b", "a\u0085b"})
  void aSecretWithControlCharactersIsNeitherSavedNorShown(String secret) throws IOException {
    answer(
        201,
        new ObjectMapper().writeValueAsString(Map.of("webhook_secret", secret, "unkey_key", "k")));
    assertThat(register("--save", folder.resolve("c.yaml").toString(), "--show-secrets"))
        .isEqualTo(1);
    assertThat(program.err()).contains("webhook_secret holds control characters");
    assertThat(program.out()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void plainHttpToAnotherMachineIsWarnedOf() {
    for (String other : List.of("http://127.evil.invalid", "http://connector.invalid:1/")) {
      assertThat(program.run("register", "--product", "p", "--email", "a@b", "--connector", other))
          .isEqualTo(1);
      assertThat(program.err()).contains("--connector is plain http to another machine");
    }
    Running local = new Running();
    local.run("register", "--product", "p", "--email", "a@b", "--connector", "http://127.0.0.1:1");
    assertThat(local.err()).contains("cannot be reached").doesNotContain("plain http");
  }

  private int register(String... more) {
    String[] arguments = {
      "register",
      "--product",
      "prod_abc",
      "--email",
      "you@example.com",
      "--connector",
      connector.url("/").toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return program.run(all);
  }

  private void answer(int code, String body) {
    connector.enqueue(new MockResponse.Builder().code(code).body(body).build());
  }
}
