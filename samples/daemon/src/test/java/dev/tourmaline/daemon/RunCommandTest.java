package dev.tourmaline.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.signature.TimestampedSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunCommandTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String BILLING_RULE =
      """
      rule "Billing revisited" @flow("tour_billing_help")
      when
          $a : Action( pageview, path == "/settings/billing", visitsWithin("10m") >= 3 )
      then
          tours.offer($a, "third visit to billing within ten minutes");
      end
      """;

  @TempDir Path folder;

  private final Running program = new Running().with("TOKEN", "uk_live_12345678");
  private MockWebServer connector = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    // A port that was chosen by name can be listened on again as soon as its server is gone.
    connector.start(LOOPBACK, freePort());
    Files.createDirectory(folder.resolve("rules"));
    Files.writeString(folder.resolve("rules/billing.drl"), BILLING_RULE);
  }

  @AfterEach
  void stop() {
    connector.close();
  }

  @Test
  void theDocumentedPayloadsOfItsProductAreAllDecoded() throws Exception {
    connector.enqueue(
        stream(
            Frames.event(Frames.documented("actions"))
                + Frames.event(Frames.documented("summary"))
                + "event: heartbeat\ndata:\n\n"
                + Frames.event(
                    Frames.documented("usertour_trigger").replace("prod_123...", "prod_abc"))));
    CompletableFuture<Integer> exit = program.start("run", "--config", config("").toString());
    awaitLog("source autoplay:prod_abc is lost");
    program.stop();
    assertThat(exit.get()).isZero();
    assertThat(program.err())
        .contains(
            "stopped after 3 frames: 3 actions, 1 summaries, 1 sessions, 0 rejected, 1 inbound")
        .doesNotContain("uk_live_");
    var request = connector.takeRequest();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer uk_live_12345678");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("text/event-stream");
  }

  @Test
  void theStartSaysWhatRunsWhereAndThatDecisionsAreInMemory() throws Exception {
    connector.enqueue(stream(""));
    CompletableFuture<Integer> exit =
        program.start("run", "--config", config("admin: {port: 0}\n").toString());
    awaitLog("runs:");
    program.stop();
    assertThat(exit.get()).isZero();
    assertThat(program.err())
        .contains("products prod_abc; rules from ./rules; sinks log")
        .contains("operators at http://127.0.0.1:")
        .contains("decisions are kept in memory");
  }

  @Test
  void theTourStartsAfterTheServerWasKilledAndRestarted() throws Exception {
    long now = Instant.now().getEpochSecond() - 60;
    connector.enqueue(
        stream(
            Frames.event(Frames.pageview("ps_1", "/settings/billing", now))
                + Frames.event(Frames.pageview("ps_1", "/team", now + 1))
                + Frames.event(Frames.pageview("ps_1", "/settings/billing", now + 2))));
    Path file = config("sinks: [{type: jsonl, file: triggers.jsonl}]\n");
    CompletableFuture<Integer> exit = program.start("run", "--config", file.toString());
    awaitLog("source autoplay:prod_abc is lost");
    int port = connector.getPort();
    connector.close();
    connector = new MockWebServer();
    connector.enqueue(
        stream(
            Frames.event(Frames.pageview("ps_1", "/team", now + 3))
                + Frames.event(Frames.pageview("ps_1", "/settings/billing", now + 4))));
    connector.start(LOOPBACK, port);
    Path triggers = folder.resolve("triggers.jsonl");
    await().atMost(PATIENCE).until(() -> Files.size(triggers) > 0);
    program.stop();
    assertThat(exit.get()).isZero();
    assertThat(Files.readAllLines(triggers))
        .singleElement()
        .asString()
        .startsWith(
            "{\"type\":\"usertour_trigger\",\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\","
                + "\"flow_id\":\"tour_billing_help\",\"id\":\"")
        .contains("\"rule\":\"Billing revisited\"")
        .endsWith("\"at\":" + (now + 4) + ".0}");
  }

  @Test
  void usertoursServerIsHeardWhereItsSecretIsGiven() throws Exception {
    connector.enqueue(stream(""));
    String secret = "whsec_" + "0a".repeat(32);
    Path file = config("http: {port: 0, session_secret: \"%s\"}\n".formatted("s".repeat(32)));
    String usertour = "\n    usertour: {secret: \"" + secret + "\"}";
    Files.writeString(file, Files.readString(file).replace("}\"}", "}\"}" + usertour));
    CompletableFuture<Integer> exit = program.start("run", "--config", file.toString());
    awaitLog("runs:");
    Matcher port = Pattern.compile("browsers at (http://127.0.0.1:\\d+)").matcher(program.err());
    assertThat(port.find()).isTrue();
    String body = "{\"id\":\"whmsg_1\",\"type\":\"webhook.test\",\"data\":{}}";
    HttpRequest.Builder test =
        HttpRequest.newBuilder(URI.create(port.group(1) + "/webhook/usertour/prod_abc"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));

    assertThat(status(test.copy())).isEqualTo(401);
    String signature = TimestampedSignature.of(secret).sign(body.getBytes(UTF_8), Instant.now());
    assertThat(status(test.header("X-Usertour-Signature", signature))).isEqualTo(200);
    program.stop();
    assertThat(exit.get()).isZero();
    assertThat(program.err())
        .contains("A message to /webhook/usertour/prod_abc was refused with 401")
        .doesNotContain(secret);
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aTokenThatIsRefusedEndsItWithWhatToCheck() throws Exception {
    connector.enqueue(new MockResponse.Builder().code(401).build());
    assertThat(program.start("run", "--config", config("").toString()).get()).isEqualTo(1);
    assertThat(program.err())
        .contains("stream of prod_abc has ended for good", "401", "token")
        .doesNotContain("uk_live_");
  }

  @Test
  void withDegradeItStaysAliveAndNotReady() throws Exception {
    connector.enqueue(new MockResponse.Builder().code(401).build());
    Path file = config("admin: {port: 0}\n");
    Files.writeString(file, Files.readString(file).replace("}\"}", "}\", on_fatal: degrade}"));
    CompletableFuture<Integer> exit = program.start("run", "--config", file.toString());
    awaitLog("on_fatal is degrade");
    awaitLog("runs:");
    Matcher port = Pattern.compile("operators at http://127.0.0.1:(\\d+)").matcher(program.err());
    assertThat(port.find()).isTrue();
    HttpResponse<String> ready = get(port.group(1), "/readyz");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("prod_abc", "401");
    assertThat(get(port.group(1), "/livez").statusCode()).isEqualTo(200);
    assertThat(exit).isNotDone();
    program.stop();
    assertThat(exit.get()).isZero();
  }

  @Test
  void everyFaultOfTheConfigurationIsListedAndNothingRuns() throws IOException {
    Path file = config("http: {port: x}\nstroe: {}\n");
    Running withoutToken = new Running();
    assertThat(withoutToken.run("run", "--config", file.toString(), "--log", "loud")).isEqualTo(2);
    String start = "tourmaline: " + file;
    assertThat(withoutToken.err().lines())
        .anySatisfy(line -> assertThat(line).contains("--log", "loud"))
        .contains(
            start + ":3: products[0].stream.token: the environment variable TOKEN is not set",
            start
                + ":5: http.session_secret: is missing; browsers show tokens signed with it:"
                + " ${SESSION_SECRET}",
            start + ":5: http.port: is 'x', it must be a whole number from 0 to 65535",
            start + ":6: stroe: is no key here; did you mean 'store'?");
  }

  @Test
  void rulesWithErrorsAreWrongInput() throws IOException {
    Files.writeString(
        folder.resolve("rules/broken.drl"), "rule \"Broken\" when Acton() then end\n");
    assertThat(program.run("run", "--config", config("").toString())).isEqualTo(2);
    assertThat(program.err()).contains("broken.drl:1: error:");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      Path file = config("admin: {port: %d}\n".formatted(taken.getLocalPort()));
      assertThat(program.run("run", "--config", file.toString())).isEqualTo(1);
      assertThat(program.err())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("set admin.port in the configuration to a free port");
    }
  }

  @Test
  void anAddressOfNoMachineIsShownAsItStandsInTheFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "203.0.113.77");
    Path file = config("admin: {host: \"${file:%s}\", port: 0}\n".formatted(secret));
    assertThat(program.run("run", "--config", file.toString())).isEqualTo(1);
    assertThat(program.err())
        .contains("cannot listen on ${file:" + secret + "}:0")
        .doesNotContain("203.0.113.77");
  }

  @Test
  void aPortForBrowsersThatIsTakenIsNamedWithItsKey() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      Path file =
          config(
              "http: {port: %d, session_secret: \"%s\"}\n"
                  .formatted(taken.getLocalPort(), "s".repeat(32)));
      assertThat(program.run("run", "--config", file.toString())).isEqualTo(1);
      assertThat(program.err()).contains("set http.port in the configuration to a free port");
    }
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() {
    assertThat(program.run("run", "--config", "nowhere.yaml")).isEqualTo(2);
    assertThat(program.err()).contains("nowhere.yaml: there is no such file");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private Path config(String more) throws IOException {
    return Files.writeString(
        folder.resolve("tourmaline.yaml"),
        """
        products:
          - id: prod_abc
            stream: {url: "http://127.0.0.1:%d/stream/prod_abc", token: "${TOKEN}"}
        rules: [./rules]
        %s"""
            .formatted(connector.getPort(), more));
  }

  private static MockResponse stream(String body) {
    return new MockResponse.Builder()
        .setHeader("Content-Type", "text/event-stream")
        .body(body)
        .build();
  }

  private void awaitLog(String text) {
    await().atMost(PATIENCE).until(() -> program.err().contains(text));
  }

  private static HttpResponse<String> get(String port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
