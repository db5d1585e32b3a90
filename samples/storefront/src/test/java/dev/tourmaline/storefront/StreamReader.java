package dev.tourmaline.storefront;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads an event stream and keeps every byte of it. */
final class StreamReader implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  StreamReader(URI stream, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stream)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream")
            .build();
    response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    Thread reader = new Thread(this::read, "stream-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try (InputStream in = response.body()) {
      int n;
      while ((n = in.read(buffer)) >= 0) {
        synchronized (bytes) {
          bytes.write(buffer, 0, n);
        }
      }
    } catch (IOException closed) {
      // The stream is over; what came is kept.
    }
  }

  int status() {
    return response.statusCode();
  }

  String text() {
    synchronized (bytes) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
