package dev.tourmaline.adapter.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest extends ServerFixture {

  private static final String REQUEST =
      "{\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\",\"flow_id\":\"tour_x\"}";

  @BeforeEach
  void decide() {
    engine.decision =
        request -> new Decision.Admitted(trigger("m" + engine.requests.size(), SESSION));
  }

  @Test
  void theSameKeyIsAnsweredAsAtFirstWithoutAskingTheEngine() {
    HttpResponse<String> first = ask("k1", REQUEST);
    String reordered =
        "{\"flow_id\":\"tour_x\",\"force\":false,\"session_id\":\"ps_1\","
            + "\"product_id\":\"prod_abc\"}";

    HttpResponse<String> second = ask("\"k1\"", reordered);

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(second.body()).isEqualTo(first.body()).contains("\"id\":\"m1\"");
    assertThat(engine.requests).hasSize(1);
    assertThat(ask("k2", REQUEST).body()).contains("\"id\":\"m2\"");
    assertThat(ask("k1", REQUEST.replace("prod_abc", "prod_xyz")).body())
        .as("another product's key")
        .contains("\"id\":\"m3\"");
  }

  @Test
  void theSameKeyForAnotherTriggerIsRefused() {
    ask("k1", REQUEST);

    HttpResponse<String> answer = ask("k1", REQUEST.replace("tour_x", "tour_y"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"Idempotency-Key was used for another trigger, use a new one\"}\n");
    assertThat(engine.requests).hasSize(1);
  }

  @Test
  void aFailureMayBeTriedAgainWithTheSameKey() {
    var decision = engine.decision;
    engine.decision =
        request -> {
          throw new IllegalStateException("the engine is closed");
        };
    assertThat(ask("k1", REQUEST).statusCode()).isEqualTo(503);
    engine.decision = decision;

    assertThat(ask("k1", REQUEST).statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "\" \""})
  void aBlankKeyIsRefused(String key) {
    assertRefused(ask(key, REQUEST));
  }

  @Test
  void aKeyThatIsTooLongOrThereTwiceIsRefused() {
    assertThat(ask("k".repeat(255), REQUEST).statusCode()).isEqualTo(202);
    engine.requests.clear();

    assertRefused(ask("k".repeat(256), REQUEST));
    assertRefused(
        send(
            request(REQUEST)
                .header("Idempotency-Key", "a")
                .header("Idempotency-Key", "b")
                .build()));
  }

  private void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Idempotency-Key must be there once, with 1 to 255 characters");
    assertThat(engine.requests).isEmpty();
  }

  @Test
  void aKeyIsForgottenAfterADayAndFreesItsMemory() {
    IdempotentTriggers triggers = new IdempotentTriggers(clock);
    once(triggers, "k1", () -> decided("m1"));
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(once(triggers, "k1", () -> decided("m2"))).isEqualTo("m1");
    clock.advance(Duration.ofSeconds(1));

    assertThat(once(triggers, "k1", () -> decided("m3"))).isEqualTo("m3");

    assertThat(triggers.count()).isEqualTo(1);
  }

  @Test
  void noMoreThanTenThousandKeysAreKeptAndTheEldestGoesFirst() {
    IdempotentTriggers triggers = new IdempotentTriggers(clock);
    IntStream.range(0, 10_000).forEach(i -> once(triggers, "k" + i, () -> decided("m" + i)));
    assertThat(once(triggers, "k0", () -> decided("again"))).isEqualTo("m0");

    once(triggers, "one more", () -> decided("more"));

    assertThat(triggers.count()).isEqualTo(10_000);
    assertThat(once(triggers, "k1", () -> decided("again"))).isEqualTo("m1");
    assertThat(once(triggers, "k0", () -> decided("again"))).isEqualTo("again");
  }

  @Test
  void whoAsksAgainWhileTheEngineThinksWaitsForTheSameAnswer() {
    IdempotentTriggers triggers = new IdempotentTriggers(clock);
    CompletableFuture<Decision> thinking = new CompletableFuture<>();
    var first = triggers.once("k1", manual(), () -> thinking).orElseThrow().toCompletableFuture();
    var second =
        triggers.once("k1", manual(), () -> decided("m2")).orElseThrow().toCompletableFuture();
    assertThat(second).isNotDone();

    thinking.complete(admitted("m1"));

    await().until(first::isDone);
    assertThat(second).succeedsWithin(5, SECONDS).isEqualTo(first.join());
    assertThat(first.join().id()).isEqualTo("m1");
  }

  private String once(
      IdempotentTriggers triggers, String key, Supplier<CompletionStage<Decision>> engine) {
    return triggers.once(key, manual(), engine).orElseThrow().toCompletableFuture().join().id();
  }

  private static ManualTrigger manual() {
    return new ManualTrigger(new SessionKey("prod_abc", "ps_1"), "", "tour_x", "", false);
  }

  private CompletionStage<Decision> decided(String id) {
    return CompletableFuture.completedFuture(admitted(id));
  }

  private Decision admitted(String id) {
    return new Decision.Admitted(trigger(id, SESSION));
  }

  private HttpResponse<String> ask(String key, String body) {
    return send(request(body).header("Idempotency-Key", key).build());
  }

  private HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(uri("/tours/trigger"))
        .header("Authorization", "Bearer publish-me")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
