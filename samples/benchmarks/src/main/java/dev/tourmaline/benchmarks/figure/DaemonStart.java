package dev.tourmaline.benchmarks.figure;

import com.sun.net.httpserver.HttpServer;
import dev.tourmaline.benchmarks.job.Worker;
import dev.tourmaline.benchmarks.measure.Rounds;
import dev.tourmaline.benchmarks.measure.Stopwatch;
import dev.tourmaline.benchmarks.measure.Table;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the daemon with the shipped packs, until it says that it is ready. */
final class DaemonStart implements AutoCloseable {

  private static final double PATIENCE_SECONDS = 60;

  private final Path jar;
  private final Path folder;
  private final HttpServer connector;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);

  private DaemonStart(Path jar) throws IOException {
    this.jar = jar;
    this.folder = Files.createTempDirectory("tourmaline-start");
    this.connector = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    connector.createContext(
        "/stream",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(": open\n\n".getBytes(StandardCharsets.US_ASCII));
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    connector.setExecutor(threads);
    connector.start();
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  static List<Finding> start(Setup setup) throws IOException {
    if (!Files.exists(setup.daemon())) {
      String advice = "build samples/daemon, or name its jar with --daemon";
      return List.of(new Finding("start of the daemon", "2 s", "no " + setup.daemon(), advice));
    }
    try (DaemonStart daemon = new DaemonStart(setup.daemon())) {
      return daemon.measure(setup.rounds());
    }
  }

  private List<Finding> measure(int rounds) throws IOException {
    Path archive = folder.resolve("tourmaline.jsa");
    Rounds first = new Rounds();
    for (int i = 0; i < rounds; i++) {
      deleteCache();
      first.add(once("-Xshare:auto"));
    }
    once("-XX:ArchiveClassesAtExit=" + archive);
    Rounds bare = new Rounds();
    Rounds archived = new Rounds();
    for (int i = 0; i < rounds; i++) {
      bare.add(once("-Xshare:auto"));
      archived.add(once("-XX:SharedArchiveFile=" + archive));
    }
    return List.of(
        new Finding(
            "start of the daemon with the shipped packs to ready",
            "2 s",
            Table.number(bare.median()) + " s",
            "from the start of the process to 200 from /readyz; its first start ever, which compiles"
                + " the rules: %s s".formatted(Table.number(first.median()))),
        new Finding(
            "the same with AppCDS", "1 s", Table.number(archived.median()) + " s", "likewise"));
  }

  /** {@return the seconds from the start of the process until it was ready} */
  private double once(String option) throws IOException {
    int port = freePort();
    Path config = folder.resolve("tourmaline.yaml");
    Files.writeString(config, config(port));
    List<String> command =
        new ArrayList<>(List.of(Worker.java(), option, "-jar", jar.toString(), "run"));
    command.addAll(List.of("--config", config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("daemon.log").toFile());
    builder.environment().put("TOURMALINE_CACHE", cache().toString());
    Stopwatch watch = Stopwatch.started();
    Process process = builder.start();
    try {
      while (!isReady(port)) {
        if (!process.isAlive() || watch.seconds() > PATIENCE_SECONDS) {
          throw new IOException(
              "the daemon did not become ready:\n"
                  + Files.readString(folder.resolve("daemon.log")));
        }
        Stopwatch.pause(0.005);
      }
      return watch.seconds();
    } finally {
      stop(process);
    }
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private void deleteCache() throws IOException {
    if (Files.exists(cache())) {
      try (Stream<Path> files = Files.walk(cache())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String config(int adminPort) {
    return """
        products:
          - id: prod_shop
            stream: {url: "http://%s:%d/stream/prod_shop", token: "benchmark-token-0123456789"}
        rules: ["pack:billing", "pack:frustration", "pack:hesitation", "pack:navigation"]
        admin: {host: %s, port: %d}
        sinks: [{type: log}]
        """
        .formatted(
            loopback().getHostAddress(),
            connector.getAddress().getPort(),
            loopback().getHostAddress(),
            adminPort);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isReady(int port) {
    try {
      URI ready = URI.create("http://" + loopback().getHostAddress() + ":" + port + "/readyz");
      HttpURLConnection call = (HttpURLConnection) ready.toURL().openConnection();
      call.setConnectTimeout(200);
      call.setReadTimeout(1_000);
      return call.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    connector.stop(0);
    threads.shutdownNow();
    deleteCache();
    for (String name : List.of("tourmaline.jsa", "tourmaline.yaml", "daemon.log")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}
