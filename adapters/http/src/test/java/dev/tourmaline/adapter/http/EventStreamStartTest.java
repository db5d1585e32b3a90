package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class EventStreamStartTest {

  private static final StreamSettings SETTINGS =
      new StreamSettings(
          1_000,
          Frames.comment("heartbeat"),
          Duration.ofHours(1),
          Duration.ofHours(1),
          InstantSource.system());

  @Test
  void aTriggerThatComesWhileTheStreamIsStartedFindsItsHeadWhole() throws Exception {
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    server.setHandler(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            AtomicReference<EventStream> stream = new AtomicReference<>();
            Response interrupted =
                new Response.Wrapper(request, response) {
                  @Override
                  public void setStatus(int code) {
                    stream.get().send(Frames.comment("early"), () -> {});
                    super.setStatus(code);
                  }
                };
            stream.set(new EventStream(request, interrupted, callback, SETTINGS, Instant.MAX));
            stream.get().start(() -> {});
            return true;
          }
        });
    server.start();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.getURI().toString()))
              .timeout(Duration.ofMinutes(1))
              .build();
      HttpResponse<InputStream> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(Frames.CONTENT_TYPE);
        assertThat(body.readNBytes(9)).asString().isEqualTo(": early\n\n");
      }
    } finally {
      server.stop();
    }
  }
}
