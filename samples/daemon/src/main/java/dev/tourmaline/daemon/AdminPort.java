package dev.tourmaline.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tourmaline.daemon.config.Hosts;
import dev.tourmaline.engine.log.OneLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The admin port of a running program. Follows no redirects: the token is for this port alone. */
final class AdminPort {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

  private final String url;
  private final String token;
  private final Shell shell;

  AdminPort(String url, String token, Shell shell) {
    this.url = url;
    this.token = token;
    this.shell = shell;
  }

  /** What the port answered. */
  record Answer(int status, String text, JsonNode json) {

    boolean isOk() {
      return status == 200;
    }
  }

  Answer get(String path, Map<String, String> query) throws IOException {
    String parameters =
        query.entrySet().stream()
            .map(
                one ->
                    one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(request(path + (parameters.isEmpty() ? "" : "?" + parameters)).GET());
  }

  Answer post(String path, JsonNode body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(ANSWERS_WITHIN)
        .header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    if (Hosts.isReadableOnTheWay(url)) {
      shell
          .err()
          .println(
              "--url is plain http to another machine: the admin token is readable on the way; use"
                  + " https");
    }
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECTS_WITHIN).build();
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), parsed(answer.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("asked to stop while " + url + " had not answered yet");
    } catch (IOException e) {
      throw new IOException(
          "%s does not answer (%s); is the program running, with 'admin' in its configuration?"
              .formatted(
                  url, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /**
   * Says why there is no good answer.
   *
   * @return the exit code
   */
  int refuse(Answer answer) {
    String why = answer.json().path("error").asText("");
    shell
        .err()
        .printf(
            "%s: %s%n",
            Tourmaline.NAME,
            answer.status() == 400 && !why.isEmpty()
                ? OneLine.of(why)
                : "%s answered %d%s%s"
                    .formatted(
                        url,
                        answer.status(),
                        why.isEmpty() ? "" : ": " + OneLine.of(why),
                        answer.status() == 404 ? "; is it the admin port?" : ""));
    return answer.status() == 400 ? Tourmaline.WRONG_INPUT : Tourmaline.FAILED;
  }
}
