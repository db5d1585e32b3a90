package dev.tourmaline.daemon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One run of the program within the test, with its streams, environment and request to stop. */
final class Running {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
  private final Map<String, String> environment = new HashMap<>();
  private byte[] in = new byte[0];
  private boolean terminal;

  Running with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Running input(byte[] bytes) {
    in = bytes;
    return this;
  }

  Running onTerminal() {
    terminal = true;
    return this;
  }

  int run(String... arguments) {
    return Tourmaline.run(shell(), arguments);
  }

  CompletableFuture<Integer> start(String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> run(arguments),
        task -> {
          Thread thread = new Thread(task, "tourmaline-main");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Asks the program to stop, as a signal does. */
  void stop() {
    stop.join().run();
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Shell shell() {
    return new Shell(
        new ByteArrayInputStream(in),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        environment,
        stop::complete);
  }
}
