package dev.tourmaline.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The daemon as a process of its own. */
record DaemonProcess(Process process, Path log) implements AutoCloseable {

  private static final Pattern ADMIN = Pattern.compile("operators at (http://127.0.0.1:\\d+)");

  /** Starts it; its log goes into a file beside the configuration. */
  static DaemonProcess start(Path config, String... jvm) throws IOException {
    Path log = config.resolveSibling("log.jsonl");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvm));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Tourmaline.class.getName(), "run"));
    command.addAll(List.of("--config", config.toString(), "--log", "json"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TOKEN", "uk_live_12345678");
    builder.environment().put("SESSION_SECRET", "0123456789abcdef0123456789abcdef");
    builder.environment().put("TOURMALINE_CACHE", "off");
    Process process =
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(log.toFile()).start();
    return new DaemonProcess(process, log);
  }

  String logged() throws IOException {
    return Files.readString(log, UTF_8);
  }

  /** The status that a probe answers, or 0 if it does not run yet. */
  int probe(String path) throws IOException, InterruptedException {
    Matcher admin = ADMIN.matcher(logged());
    if (!admin.find()) {
      return 0;
    }
    HttpRequest request = HttpRequest.newBuilder(URI.create(admin.group(1) + path)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
