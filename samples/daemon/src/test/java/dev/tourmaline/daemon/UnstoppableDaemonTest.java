package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What rules can do to the program, which runs as a process of its own. */
@Timeout(120)
class UnstoppableDaemonTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits for ever in a call that nothing can be put into. */
  private static final String HANGS =
      """
      rule "Hangs on %1$s" @flow("tour_%1$s")
      when $a : Action( pageview, path == "/%1$s" )
      then new java.util.concurrent.CountDownLatch(1).await(); tours.offer($a, ""); end
      """;

  private static final String GREEDY =
      """
      rule "Greedy" @flow("tour_greedy")
      when $a : Action( pageview, path == "/greedy" )
      then
        for (int i = 0; i < 10000; i++) { System.getProperties().put(new Object(), new byte[1 << 16]); }
        tours.offer($a, "");
      end
      """;

  private static final String FINE =
      """
      rule "Fine" @flow("tour_fine")
      when $a : Action( pageview, path == "/fine" )
      then tours.offer($a, ""); end
      """;

  @TempDir Path folder;
  private final MockWebServer connector = new MockWebServer();

  @BeforeEach
  void connect() throws IOException {
    connector.start();
  }

  @AfterEach
  void disconnect() {
    connector.close();
  }

  private Path config(String rules) throws IOException {
    Files.writeString(folder.resolve("rules.drl"), rules);
    return Files.writeString(
        folder.resolve("tourmaline.yaml"),
        """
        products:
          - id: prod_abc
            stream: {url: "http://127.0.0.1:%d/stream/prod_abc", token: "${TOKEN}"}
        rules: [rules.drl]
        admin: {port: 0}
        """
            .formatted(connector.getPort()));
  }

  /** Lets the connector send one page view of each path, of a visitor each. */
  private void visit(String... paths) {
    long now = Instant.now().getEpochSecond();
    String body =
        IntStream.range(0, paths.length)
            .mapToObj(i -> Frames.event(Frames.pageview("ps_" + i + paths[i], "/" + paths[i], now)))
            .collect(Collectors.joining());
    connector.enqueue(
        new MockResponse.Builder()
            .setHeader("Content-Type", "text/event-stream")
            .body(body)
            .build());
  }

  @Test
  void aRuleThatNeverReturnsIsSwitchedOffAndSigtermEndsItWithZero() throws Exception {
    visit("h", "fine", "fine", "fine");
    try (DaemonProcess daemon = DaemonProcess.start(config(HANGS.formatted("h") + FINE))) {
      await().atMost(PATIENCE).until(() -> daemon.logged().contains("it is switched off now"));
      await().atMost(PATIENCE).until(() -> daemon.probe("/readyz") == 200);
      assertThat(daemon.probe("/livez")).isEqualTo(200);
      assertThat(daemon.logged()).contains("Hangs on h", "tourmaline-lane-");
      daemon.process().destroy();
      assertThat(daemon.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.process().exitValue()).isZero();
      assertThat(daemon.logged()).contains("4 actions", "tour_fine");
    }
  }

  @Test
  void asManyLostThreadsAsLanesEndIt() throws Exception {
    int lanes = Runtime.getRuntime().availableProcessors();
    String[] paths = IntStream.range(0, lanes).mapToObj(i -> "h" + i).toArray(String[]::new);
    String rules =
        IntStream.range(0, lanes)
            .mapToObj(i -> HANGS.formatted("h" + i))
            .collect(Collectors.joining());
    visit(paths);
    try (DaemonProcess daemon = DaemonProcess.start(config(rules))) {
      assertThat(daemon.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.process().exitValue()).isEqualTo(1);
      assertThat(daemon.logged()).contains(lanes + " threads do not come back from rules");
    }
  }

  @Test
  void runningOutOfMemoryEndsItWithAClearWord() throws Exception {
    visit("greedy", "greedy", "greedy");
    try (DaemonProcess daemon = DaemonProcess.start(config(GREEDY), "-Xmx96m")) {
      assertThat(daemon.process().waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.process().exitValue()).isEqualTo(OutOfMemoryExit.CODE);
      assertThat(daemon.logged()).contains("out of memory", "-Xmx");
    }
  }
}
