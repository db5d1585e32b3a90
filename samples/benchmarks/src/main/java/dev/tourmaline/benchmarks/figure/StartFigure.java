package dev.tourmaline.benchmarks.figure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpServer;
import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.workload.Scratch;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long the daemon with the shipped packs takes from its start until it says it is ready. */
record StartFigure(File jar, Scratch scratch, int connectorPort) {

  private static final double PATIENCE_SECONDS = 60;
  private static final String CONFIG =
      """
      products:
        - id: prod_shop
          stream: {url: "http://127.0.0.1:%d/stream/prod_shop", token: "benchmark-token-0123456789"}
      rules: ["pack:billing", "pack:frustration", "pack:hesitation", "pack:navigation"]
      admin: {host: 127.0.0.1, port: %d}
      sinks: [{type: log}]
      """;

  static List<Finding> start(Setup setup) throws IOException {
    HttpServer connector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    connector.createContext(
        "/stream",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          // The stream stays open: nobody closes the exchange.
          exchange.getResponseBody().write(": open\n\n".getBytes(US_ASCII));
          exchange.getResponseBody().flush();
        });
    connector.start();
    try (Scratch scratch = new Scratch(Optional.empty())) {
      int port = connector.getAddress().getPort();
      return new StartFigure(setup.daemon(), scratch, port).measure(setup.rounds());
    } finally {
      connector.stop(0);
    }
  }

  private List<Finding> measure(int rounds) throws IOException {
    String archive = scratch.file("tourmaline.jsa").getPath();
    List<Run> first = new ArrayList<>();
    List<Run> plain = new ArrayList<>();
    List<Run> archived = new ArrayList<>();
    untilReady("cache", "-XX:ArchiveClassesAtExit=" + archive);
    for (int i = 0; i < rounds; i++) {
      first.add(untilReady("cache-" + i, "-Xshare:auto"));
      plain.add(untilReady("cache", "-Xshare:auto"));
      archived.add(untilReady("cache", "-XX:SharedArchiveFile=" + archive));
    }
    String measure = "start of the daemon with the shipped packs to ready";
    String detail =
        "from the start of the process to 200 from /readyz; its first start ever, which compiles"
            + " the rules: ";
    return List.of(
        new Finding(measure, "2 s", median(plain), detail + median(first)),
        new Finding("the same with AppCDS", "1 s", median(archived), "likewise"));
  }

  private static String median(List<Run> starts) {
    String both = "%s s (%s s of CPU time)";
    return Table.text(both, Pace.median(starts, Run::seconds), Pace.median(starts, Run::cpu));
  }

  /** Starts the daemon with a folder of compiled rules and an option of its JVM, and stops it. */
  private Run untilReady(String cache, String option) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    File config = scratch.file("tourmaline.yaml");
    File log = scratch.file("daemon.log");
    Files.writeString(config.toPath(), CONFIG.formatted(connectorPort, port));
    ProcessBuilder daemon =
        new ProcessBuilder(
            Worker.java(), option, "-jar", jar.getPath(), "run", "--config", config.getPath());
    daemon.environment().put("TOURMALINE_CACHE", scratch.file(cache).getPath());
    URI readiness = URI.create("http://127.0.0.1:" + port + "/readyz");
    Stopwatch watch = new Stopwatch();
    Process process = daemon.redirectErrorStream(true).redirectOutput(log).start();
    try {
      while (!isReady(readiness)) {
        if (!process.isAlive() || watch.seconds() > PATIENCE_SECONDS) {
          throw new IOException("the daemon is not ready: " + Files.readString(log.toPath()));
        }
        Stopwatch.pause(0.005);
      }
      double cpu = process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
      return new Run(0, watch.seconds(), cpu, 0, 0, 0);
    } finally {
      process.destroy();
      process.onExit().join();
    }
  }

  private static boolean isReady(URI readiness) {
    try {
      HttpURLConnection call = (HttpURLConnection) readiness.toURL().openConnection();
      call.setReadTimeout(1_000);
      return call.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
