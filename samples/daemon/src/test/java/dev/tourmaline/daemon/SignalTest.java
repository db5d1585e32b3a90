package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, and what a signal does to it. */
@Timeout(60)
class SignalTest {

  private static final int FRAMES = 5_000;

  @TempDir Path folder;

  @Test
  void sigtermLetsEverythingAcceptedBeEvaluatedAndEndsItWithinFiveSeconds() throws Exception {
    Path log = folder.resolve("log.jsonl");
    try (MockWebServer connector = new MockWebServer()) {
      connector.start();
      StringBuilder body = new StringBuilder();
      long now = Instant.now().getEpochSecond() - 60;
      for (int i = 0; i < FRAMES; i++) {
        body.append(Frames.event(Frames.pageview("ps_" + i % 500, "/page/" + i, now)));
      }
      connector.enqueue(
          new MockResponse.Builder()
              .setHeader("Content-Type", "text/event-stream")
              .body(body.toString())
              .build());
      try (DaemonProcess daemon = DaemonProcess.start(config(connector.getPort()), "-Xmx512m")) {
        Process program = daemon.process();
        await()
            .atMost(Duration.ofSeconds(40))
            .until(() -> Files.readString(log).contains("is lost"));
        Instant asked = Instant.now();
        program.destroy();
        assertThat(program.waitFor(5, TimeUnit.SECONDS)).as("it ended within 5 s").isTrue();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(program.exitValue()).isZero();
      }
    }
    assertThat(Files.readString(log))
        .contains("stopped after %1$d frames: %1$d actions".formatted(FRAMES));
    assertThat(Files.readAllLines(log)).allSatisfy(line -> assertThat(line).startsWith("{\"at\":"));
  }

  private Path config(int port) throws IOException {
    return Files.writeString(
        folder.resolve("tourmaline.yaml"),
        """
        products:
          - id: prod_abc
            stream: {url: "http://127.0.0.1:%d/stream/prod_abc", token: "${TOKEN}"}
        rules: ["pack:navigation"]
        http: {port: 0, session_secret: "${SESSION_SECRET}"}
        admin: {port: 0}
        """
            .formatted(port));
  }
}
