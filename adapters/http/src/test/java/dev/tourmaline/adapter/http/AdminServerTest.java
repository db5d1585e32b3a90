package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.listener.EngineHealth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

  private final AtomicReference<Supplier<Readiness>> readiness =
      new AtomicReference<>(Readiness::yes);
  private final AtomicReference<EngineHealth> health =
      new AtomicReference<>(new EngineHealth(List.of(), List.of(), 0, 2));
  private final AdminServer server =
      AdminServer.builder(() -> readiness.get().get())
          .health(health::get)
          .port(0)
          .token("let-me-in")
          .handler(
              new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) {
                  boolean mine = request.getHttpURI().getPath().equals("/mine");
                  if (mine) {
                    response.write(true, null, callback);
                  }
                  return mine;
                }
              })
          .build()
          .start();

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void livezAnswersAnyone() throws Exception {
    HttpResponse<String> answer = get("/livez", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"alive\"}\n");
  }

  @Test
  void readyzSaysWhetherAndWhyNot() throws Exception {
    assertThat(get("/readyz", "").body()).isEqualTo("{\"status\":\"ready\"}\n");

    readiness.set(() -> Readiness.yes("the stream of prod_abc is lost"));
    HttpResponse<String> degraded = get("/readyz", "");
    assertThat(degraded.statusCode()).isEqualTo(200);
    assertThat(degraded.body()).contains("the stream of prod_abc is lost");

    readiness.set(() -> Readiness.no("prod_abc answered 401: check its token"));
    HttpResponse<String> unready = get("/readyz", "");
    assertThat(unready.statusCode()).isEqualTo(503);
    assertThat(unready.body())
        .isEqualTo(
            "{\"status\":\"not ready\",\"reason\":\"prod_abc answered 401: check its token\"}\n");
  }

  @Test
  void aStuckLaneIsNotReadyAndAlive() throws Exception {
    health.set(new EngineHealth(List.of(), List.of("tourmaline-lane-1"), 1, 2));
    assertThat(get("/livez", "").statusCode()).isEqualTo(200);
    HttpResponse<String> unready = get("/readyz", "");
    assertThat(unready.statusCode()).isEqualTo(503);
    assertThat(unready.body()).contains("tourmaline-lane-1");
  }

  @Test
  void deadThreadsAndTooManyLostOnesAreNotAlive() throws Exception {
    health.set(new EngineHealth(List.of("tourmaline-sink-log"), List.of(), 0, 2));
    assertThat(get("/livez", "").statusCode()).isEqualTo(503);
    assertThat(get("/livez", "").body()).contains("tourmaline-sink-log");
    health.set(new EngineHealth(List.of(), List.of(), 2, 2));
    assertThat(get("/livez", "").statusCode()).isEqualTo(503);
    assertThat(get("/readyz", "").statusCode()).isEqualTo(503);
  }

  @Test
  void readinessThatCannotBeFoundOutIsNone() throws Exception {
    readiness.set(
        () -> {
          throw new IllegalStateException("secret detail");
        });

    HttpResponse<String> answer = get("/readyz", "");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  void everythingElseNeedsTheToken() throws Exception {
    assertThat(get("/mine", "").statusCode()).isEqualTo(401);
    assertThat(get("/mine", "let-me").statusCode()).isEqualTo(401);
    assertThat(get("/nothing", "").statusCode()).isEqualTo(401);
    assertThat(get("/mine", "let-me-in").statusCode()).isEqualTo(200);
    assertThat(get("/nothing", "let-me-in").statusCode()).isEqualTo(404);
  }

  @Test
  void withoutATokenNobodyGetsFurtherThanTheProbes() throws Exception {
    try (AdminServer closed = AdminServer.builder(Readiness::yes).port(0).build().start()) {
      assertThat(get(closed, "/livez", "").statusCode()).isEqualTo(200);
      assertThat(get(closed, "/mine", "").statusCode()).isEqualTo(401);
      assertThat(get(closed, "/mine", "x").statusCode()).isEqualTo(401);
    }
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return get(server, path, token);
  }

  private static HttpResponse<String> get(AdminServer server, String path, String token)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
