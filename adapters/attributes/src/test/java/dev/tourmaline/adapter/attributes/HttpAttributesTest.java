package dev.tourmaline.adapter.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.user.UserKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAttributesTest {

  private static final UserKey ANN = UserKey.ofUser("prod", "ann & co");

  private final MockWebServer service = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    service.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpAttributes.Builder attributes() {
    return HttpAttributes.builder(service.url("/users?v=1").uri())
        .timeout(Duration.ofSeconds(10))
        .token(() -> "t0ken");
  }

  private static CompletableFuture<Map<String, Object>> ask(HttpAttributes attributes) {
    return attributes.of(ANN).toCompletableFuture();
  }

  @Test
  void theServiceIsAskedForTheUserOfTheProduct() throws InterruptedException {
    service.enqueue(new MockResponse.Builder().body("{\"plan\":\"pro\"}").build());
    assertThat(ask(attributes().build()))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(Map.of("plan", "pro"));
    RecordedRequest request = service.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/users?v=1&product=prod&user=ann+%26+co");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void aUserWhomItDoesNotKnowHasNoAttributes() {
    service.enqueue(new MockResponse.Builder().code(404).build());
    assertThat(ask(attributes().build())).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Map.of());
  }

  @Test
  void whatItCannotSayIsNotKnown() {
    HttpAttributes attributes = attributes().build();
    service.enqueue(new MockResponse.Builder().code(500).build());
    assertThat(ask(attributes)).failsWithin(10, TimeUnit.SECONDS);
    service.enqueue(new MockResponse.Builder().body("[1]").build());
    assertThat(ask(attributes)).failsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void aServiceThatHangsHoldsNoMoreThanSoManyQuestionsAndEachForItsTime() {
    HttpAttributes attributes = attributes().timeout(Duration.ofSeconds(1)).atOnce(1).build();
    CompletableFuture<Map<String, Object>> hanging = ask(attributes);
    assertThat(ask(attributes)).as("beyond the room").isCompletedExceptionally();
    assertThat(hanging).failsWithin(20, TimeUnit.SECONDS);
    assertThat(ask(attributes)).as("there is room again").isNotCompletedExceptionally();
  }

  @Test
  void everyFaultOfItsSettingsIsToldTogether() {
    assertThatThrownBy(
            () ->
                HttpAttributes.builder(URI.create("ftp://h/x"))
                    .timeout(Duration.ZERO)
                    .atOnce(0)
                    .build())
        .hasMessageContaining("url is ftp://h/x")
        .hasMessageContaining("timeout")
        .hasMessageContaining("atOnce");
  }
}
