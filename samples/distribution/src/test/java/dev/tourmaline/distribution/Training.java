package dev.tourmaline.distribution;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The run that the AOT cache is made of: the daemon reads a connector's stream, compiles the
 * shipped packs, serves its ports and admits a first tour; then it is asked to stop.
 */
final class Training {

  private static final String CONFIG =
      """
      products:
        - id: prod_abc
          stream: {url: "http://127.0.0.1:%d/stream/prod_abc", token: "training-token-0123456789"}
      rules: ["pack:billing", "pack:frustration", "pack:hesitation", "pack:navigation"]
      http: {host: 127.0.0.1, port: 0, session_secret: "training-secret-0123456789abcdef"}
      admin: {host: 127.0.0.1, port: 0}
      sinks: [{type: log}, {type: browser, ttl: 30s}]
      """;

  private final Path java;
  private final Path jar;

  private Training(Path java, Path jar) {
    this.java = java;
    this.jar = jar;
  }

  static Training of(Path java, Path jar) {
    return new Training(java, jar);
  }

  void into(Path cache) throws IOException, InterruptedException {
    HttpServer connector = connector();
    connector.start();
    Path config = Files.createTempFile("tourmaline-training", ".yaml");
    try {
      Files.writeString(config, CONFIG.formatted(connector.getAddress().getPort()));
      train(cache, config);
    } finally {
      Files.delete(config);
      connector.stop(0);
    }
  }

  private void train(Path cache, Path config) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-XX:AOTCacheOutput=" + cache,
            "-Xlog:aot=error",
            "-Xlog:cds=error",
            "-jar",
            jar.toString(),
            "run",
            "--config",
            config.toString());
    builder.environment().put("TOURMALINE_CACHE", "off");
    Process daemon = builder.redirectErrorStream(true).start();
    CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES)
        .execute(daemon.toHandle()::destroyForcibly);
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = daemon.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.contains("tour tour_")) {
          daemon.toHandle().destroy();
        }
      }
    }
    if (daemon.waitFor() != 0 || !Files.exists(cache)) {
      throw new IOException("the training run failed:\n" + said);
    }
  }

  /** A connector whose stream brings one visitor's way to the billing tour and stays open. */
  private static HttpServer connector() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/stream",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          double at = Instant.now().getEpochSecond() - 60;
          for (String frame : Visit.toBilling(at)) {
            body.write(("data: " + frame + "\n\n").getBytes(StandardCharsets.UTF_8));
          }
          body.flush();
        });
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "connector");
              thread.setDaemon(true);
              return thread;
            }));
    return server;
  }
}
