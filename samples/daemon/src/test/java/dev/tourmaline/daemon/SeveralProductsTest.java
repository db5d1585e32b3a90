package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Products with rules and a policy of their own in one program. */
@Timeout(120)
class SeveralProductsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String BROKEN = "rule \"Broken\" when Acton() then end\n";

  @TempDir Path folder;

  private final Running program = new Running().with("TOKEN", "uk_live_12345678");
  private final MockWebServer connector = new MockWebServer();
  private final Map<String, String> events = new ConcurrentHashMap<>();
  private final long now = Instant.now().getEpochSecond() - 3_600;
  private Path triggers = Path.of("");
  private int views;

  @BeforeEach
  void start() throws IOException {
    connector.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String product = request.getUrl().encodedPath().replaceFirst(".*/", "");
            String body = events.remove(product);
            return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(body == null ? ": nothing\n\n" : body)
                .build();
          }
        });
    connector.start(InetAddress.getLoopbackAddress(), 0);
    triggers = folder.resolve("triggers.jsonl");
    write("a", rule("tour_a"));
    write("b", rule("tour_b"));
  }

  @AfterEach
  void stop() {
    connector.close();
  }

  private void write(String product, String rules) throws IOException {
    Files.writeString(folder.resolve(product + ".drl"), rules);
  }

  private static String rule(String flow) {
    return "rule \"%1$s\" @flow(\"%1$s\") when $a : Action( pageview ) then tours.offer($a, \"\"); end\n"
        .formatted(flow);
  }

  private Path config() throws IOException {
    String stream =
        "stream: {url: \"http://127.0.0.1:%d/stream/%%s\", token: \"${TOKEN}\"}"
            .formatted(connector.getPort());
    return Files.writeString(
        folder.resolve("tourmaline.yaml"),
        """
        products:
          - {id: a, rules: [a.drl], %s}
          - {id: b, rules: [b.drl], policy: {once_per: session}, %s}
        policy: {between_tours: 0s, per_user_per_day: 50}
        sinks: [{type: jsonl, file: triggers.jsonl}]
        """
            .formatted(stream.formatted("a"), stream.formatted("b")));
  }

  /** Lets the next connection carry a page view of a new visitor. */
  private void view(String product) {
    views++;
    String frame = Frames.pageview("s" + views, "/page", now + views).replace("prod_abc", product);
    events.put(product, Frames.event(frame));
  }

  private List<String> tours() throws IOException {
    return Files.exists(triggers)
        ? Files.readAllLines(triggers).stream()
            .map(
                line ->
                    line.replaceAll(
                        ".*\"product_id\":\"(\\w)\".*\"flow_id\":\"(\\w+)\".*", "$1 $2"))
            .toList()
        : List.of();
  }

  private void awaitTours(String... expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(tours()).containsExactlyInAnyOrder(expected));
  }

  private void awaitLog(String text) {
    await().atMost(PATIENCE).until(() -> program.err().contains(text));
  }

  @Test
  void eachProductRunsItsOwnRulesAndReloadsThemForItself() throws Exception {
    view("a");
    view("b");
    CompletableFuture<Integer> exit = program.start("run", "--config", config().toString());
    awaitLog("rules from a.drl (a), b.drl (b)");
    awaitTours("a tour_a", "b tour_b");

    write("a", BROKEN);
    awaitLog("the changed rules of a are refused, the old ones stay in force");
    write("b", rule("tour_b2"));
    awaitLog("1 rules are in force now");
    view("a");
    view("b");
    awaitTours("a tour_a", "b tour_b", "a tour_a", "b tour_b2");

    program.stop();
    assertThat(exit.get()).isZero();
    assertThat(program.err())
        .contains("product a: 2 actions, 2 sessions, 2 offers, 2 triggers")
        .contains("product b: 2 actions, 2 sessions, 2 offers, 2 triggers")
        .contains("stopped after 4 frames: 4 actions");
  }

  @Test
  void theRulesErrorsOfAllProductsAreWrongInputTogether() throws Exception {
    write("a", BROKEN);
    write("b", BROKEN);
    assertThat(program.run("run", "--config", config().toString())).isEqualTo(2);
    assertThat(program.err()).contains("a.drl:1: error:", "b.drl:1: error:");
  }

  @Test
  void aReplayOfOneProductLeavesOutTheOthersEvents() throws Exception {
    String frames =
        Frames.pageview("s1", "/page", now).replace("prod_abc", "a").replace("\n", "")
            + "\n"
            + Frames.pageview("s2", "/page", now).replace("prod_abc", "b").replace("\n", "")
            + "\n";
    Path file = Files.writeString(folder.resolve("events.jsonl"), frames);
    String config = config().toString();
    int code =
        program.run("replay", "--config", config, "--product", "b", "--events", file.toString());
    assertThat(program.out()).contains("\"flow_id\":\"tour_b\"").doesNotContain("tour_a");
    assertThat(code).isZero();
    Running unnamed = new Running();
    assertThat(unnamed.run("replay", "--config", config, "--events", file.toString())).isEqualTo(2);
    assertThat(unnamed.err()).contains("a, b: rules or policy of its own", "--product ID");
  }
}
