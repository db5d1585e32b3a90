package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.http.AdminServer;
import dev.tourmaline.adapter.http.Readiness;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator reads and enters from the command line, at a real admin port. */
class OperatorCommandsTest {

  private static final String TOKEN = "let-me-in-please";
  private static final String RULES =
      """
      rule "From pricing to help" @flow("tour_plans")
      when $a : Action( visit, onPath("/help/**"), cameFrom("/pricing") )
      then tours.offer($a, "from pricing to help"); end
      rule "Looks for help" @flow("tour_help") @goal("submit /checkout", within "1d")
      when $a : Action( onPath("/help/*") )
      then tours.offer($a, "reads on \\u001b[31min help"); end
      rule "Billing revisited" @flow("tour_billing_help")
      when $a : Action( pageview, path == "/billing", visitsWithin("10m") >= 3, title contains "Billing" )
      then tours.offer($a, "third visit"); end
      """;

  @TempDir Path folder;

  private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");

  private final Running program = new Running();
  private final TourEngine engine =
      TourEngine.builder(RuleSet.of("r.drl", RULES)).clock((InstantSource) () -> now).build();
  private final AdminServer server =
      AdminServer.builder(Readiness::yes)
          .engine(engine)
          .products(List.of("prod_abc"))
          .port(0)
          .token(TOKEN)
          .build()
          .start();
  private Path tokenFile = Path.of("");

  @BeforeEach
  void token() throws IOException {
    tokenFile = Files.writeString(folder.resolve("admin.token"), TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    server.stop();
    engine.close();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = "http://127.0.0.1:" + server.port() + "/";
    all[arguments.length + 2] = "--token-file";
    all[arguments.length + 3] = tokenFile.toString();
    return program.run(all);
  }

  @Test
  void anExplanationReadsAsThePageShows() throws IOException {
    see("/pricing", "/help");
    now = now.plus(Duration.ofMinutes(18));
    see("/help/export", "/billing", "/", "/billing", "/");
    String page = Files.readString(Path.of("README.md"));

    assertThat(run("explain", "--session", "ps_1")).isZero();

    assertThat(program.out().replace(" [31m", ""))
        .isEqualTo(page.replaceAll("(?s).*<!-- explained -->\n```text\n(.*?)```.*", "$1"));
    assertThat(program.out()).doesNotContain("ada@example.com").doesNotContain("\u001b");
    assertThat(program.err()).isEmpty();
  }

  @Test
  void anExplanationInJsonIsWhatTheProgramAnswered() {
    assertThat(run("explain", "--session", "ps_1", "--product", "prod_abc", "--format", "json"))
        .isEqualTo(2);

    assertThat(program.out())
        .isEqualTo(
            "{\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\",\"known\":false,\"decisions\":[],"
                + "\"rules\":[],\"rules_left_out\":0}\n");
  }

  @Test
  void aSessionThatIsNotKnownIsSaidToBe() {
    assertThat(run("explain", "--session", "nobody")).isEqualTo(2);
    assertThat(program.out()).contains("It is not known", "No decision");
  }

  @Test
  void statisticsAreCountsAndEffects() {
    see("/help/a");

    assertThat(run("stats")).isZero();

    assertThat(program.out())
        .contains("Counted since the start:\n", "  actions                    1\n")
        .contains("  offers by flow:\n    tour_help                1\n")
        .contains(
            "  \"Looks for help\": nobody to compare with: ",
            "      goal: submit /checkout within 24h\n")
        .contains("      admitted: 0 of 0 reached it\n")
        .doesNotContain("rejected");
  }

  @Test
  void anObjectionIsEnteredAndWithdrawn() {
    see("/help/a");

    assertThat(object("--user", "ada@example.com", "--actor", "dpo")).isZero();
    see("/help/a");
    assertThat(engine.stats().objected()).isEqualTo(1);
    assertThat(object("--user", "ada@example.com", "--actor", "dpo", "--withdraw")).isZero();
    see("/help/a");

    assertThat(engine.stats().objected()).isEqualTo(1);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains("is entered", "is withdrawn").doesNotContain("ada@");
  }

  private int object(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "object";
    all[1] = "--product";
    all[2] = "prod_abc";
    System.arraycopy(more, 0, all, 3, more.length);
    return run(all);
  }

  @Test
  void whoeverEntersAnObjectionIsNamed() {
    assertThat(object("--user", "u_1")).isEqualTo(2);
    assertThat(program.err()).contains("--actor is missing");
    assertThat(new Running().with("USER", "ops").run("object", "--help")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "stats", "object"})
  void allThatIsWrongIsReportedTogetherAndNoSecretShown(String command) throws IOException {
    Files.writeString(tokenFile, "a token with spaces");

    int code =
        program.run(
            command,
            "--url",
            "ftp://ada:hunter2@x/",
            "--token-file",
            tokenFile.toString(),
            "--colour");

    assertThat(code).isEqualTo(2);
    assertThat(program.err())
        .contains("there is no option '--colour'")
        .contains("--url holds a user or a password")
        .contains("the admin token holds characters that no token does")
        .doesNotContain("hunter2")
        .doesNotContain("a token with");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "x", "http://", "http://x?token=a", "http://x#a", "http://a b", "//x"})
  void anAddressThatIsNoneIsRefused(String url) {
    assertThat(program.run("stats", "--url", url, "--token-file", tokenFile.toString()))
        .isEqualTo(2);
    assertThat(program.err()).contains("tourmaline: --url is");
  }

  @Test
  void theTokenIsReadFromAFileOrTheEnvironmentAndNowhereElse() throws IOException {
    String url = "http://127.0.0.1:" + server.port();
    assertThat(program.run("stats", "--url", url)).isEqualTo(2);
    assertThat(program.err())
        .contains("the admin token is missing", "--token-file", "TOURMALINE_ADMIN_TOKEN");
    assertThat(program.run("stats", "--url", url, "--token", TOKEN)).isEqualTo(2);
    assertThat(new Running().with("TOURMALINE_ADMIN_TOKEN", TOKEN).run("stats", "--url", url))
        .isZero();
    Files.writeString(tokenFile, "\n");
    assertThat(run("stats")).isEqualTo(2);
    assertThat(program.err()).contains("is empty");
    Files.delete(tokenFile);
    assertThat(run("stats")).isEqualTo(2);
    assertThat(program.err()).contains("cannot be read (NoSuchFileException)");
  }

  @Test
  void aWrongTokenAndAPortWithoutAProgramAreFailures() throws IOException {
    Files.writeString(tokenFile, "another-token");
    assertThat(run("stats")).isEqualTo(1);
    assertThat(program.err()).contains("answered 401: the admin token is missing or wrong");

    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String nobody = "http://127.0.0.1:" + free;
    assertThat(program.run("stats", "--url", nobody, "--token-file", tokenFile.toString()))
        .isEqualTo(1);
    assertThat(program.err()).contains(nobody + " does not answer");
  }

  @Test
  void aProductThatIsNotServedIsWrongInput() {
    assertThat(run("explain", "--session", "ps_1", "--product", "other")).isEqualTo(2);
    assertThat(program.err())
        .contains("product is no product of this server, it must be one of prod_abc");
  }

  private void see(String... paths) {
    for (String path : paths) {
      UiAction action =
          UiAction.builder("pageview").start(now).url("https://a.example" + path).build();
      engine
          .accept(
              new ActionsEvent("prod_abc", "ps_1", "ada@example.com", "", "", now, List.of(action)))
          .toCompletableFuture()
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
      now = now.plusSeconds(20);
    }
  }
}
