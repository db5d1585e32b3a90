package dev.tourmaline.adapter.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web site and the tour server that its pages talk to, on loopback: it sends triggers and keeps
 * what is reported.
 */
final class TourSite implements AutoCloseable {

  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "mjs", "text/javascript", "css", "text/css");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(TourSite::daemon);
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private final List<String> triggers = new CopyOnWriteArrayList<>();
  private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
  private final List<JsonNode> preferences = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();

  /** While it is false, feedback gets no answer but 503. */
  volatile boolean takesFeedback = true;

  TourSite() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::file);
    server.createContext("/tours/stream", this::stream);
    server.createContext("/tours/feedback", this::feedback);
    server.createContext("/tours/preferences", this::preferences);
    file("/" + BrowserClient.MODULE, BrowserClient.module());
    server.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tour-site");
    thread.setDaemon(true);
    return thread;
  }

  URI url(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  /** Lets another context of the server answer, such as a provider's API. */
  HttpServer server() {
    return server;
  }

  void file(String path, byte[] content) {
    files.put(path, content);
  }

  byte[] file(String path) {
    return files.get(path).clone();
  }

  void file(String path, String content) {
    file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Starts a tour in the page, as the server does. */
  void trigger(String id, String flowId) {
    trigger(id, flowId, "");
  }

  /**
   * Starts a tour in the page on these terms.
   *
   * @param terms the content of the field, empty for none
   */
  void trigger(String id, String flowId, String terms) {
    String event =
        """
        id: %s
        data: {"type":"usertour_trigger","product_id":"prod","session_id":"s1","flow_id":"%s"}
        %s
        """
            .formatted(id, flowId, terms.isEmpty() ? "" : "terms: " + terms + "\n");
    triggers.add(event);
    streams.forEach(stream -> write(stream, event));
  }

  /** Lets the time to live of all triggers end: no page hears of them again. */
  void expire() {
    triggers.clear();
  }

  /** {@return what was reported, in short: {@code t1 shown}, {@code t1 step 2}} */
  List<String> reports() {
    return reports.stream().map(TourSite::inShort).toList();
  }

  /** {@return what visitors have said of tours in general, as it was sent} */
  List<JsonNode> preferences() {
    return List.copyOf(preferences);
  }

  /** {@return the reports as they were sent} */
  List<JsonNode> wholeReports() {
    return List.copyOf(reports);
  }

  /** {@return how many requests pages have sent to the tour server} */
  int requests() {
    return requests.get();
  }

  private static String inShort(JsonNode report) {
    String outcome = report.path("outcome").textValue();
    return (report.path("foreign").booleanValue() ? "foreign" : report.path("id").textValue())
        + (report.has("flow_id") ? " " + report.path("flow_id").textValue() : "")
        + " "
        + outcome
        + (report.has("step") ? " " + report.path("step").intValue() : "")
        + (report.path("confirmed").booleanValue() || !report.has("confirmed")
            ? ""
            : " unconfirmed")
        + (report.has("reason") ? ": " + report.path("reason").textValue() : "");
  }

  boolean hasOpenStream() {
    return !streams.isEmpty();
  }

  private void file(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] content = files.get(path);
    if (content == null) {
      try (InputStream resource = TourSite.class.getResourceAsStream(path)) {
        content = resource == null || path.equals("/") ? null : resource.readAllBytes();
      }
    }
    String type =
        TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/html;charset=utf-8");
    exchange.getResponseHeaders().set("Content-Type", type);
    answer(exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
  }

  static void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    write(body, ": open\n\n");
    triggers.forEach(event -> write(body, event));
    streams.add(body);
  }

  private void write(OutputStream stream, String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      streams.remove(stream);
    }
  }

  private void feedback(HttpExchange exchange) throws IOException {
    take(exchange, reports);
  }

  private void preferences(HttpExchange exchange) throws IOException {
    take(exchange, preferences);
  }

  private void take(HttpExchange exchange, List<JsonNode> taken) throws IOException {
    requests.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (takesFeedback) {
      taken.add(new ObjectMapper().readTree(body));
    }
    answer(exchange, takesFeedback ? 204 : 503, new byte[0]);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
