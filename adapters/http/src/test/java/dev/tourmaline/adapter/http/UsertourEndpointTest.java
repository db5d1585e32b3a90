package dev.tourmaline.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.signature.TimestampedSignature;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usertour's server at {@code POST /webhook/usertour/prod_abc}. */
class UsertourEndpointTest extends ServerFixture {

  private static final String PATH = "/webhook/usertour/prod_abc";
  private static final String TAKEN = "{\"taken\":true}\n";

  private final List<String> secrets = new CopyOnWriteArrayList<>(List.of(UsertourMessages.SECRET));

  @BeforeEach
  void addTheWebhook() {
    serve(b -> b.providerWebhook("prod_abc", UsertourWebhook.of(() -> List.copyOf(secrets))));
  }

  @Test
  void theFourEventsOfARunReachTheEngineAndAreAnswered200() {
    Instant at = clock.instant();
    for (String message :
        List.of(
            UsertourMessages.started("whmsg_1", at),
            UsertourMessages.stepSeen("whmsg_2", at, 1, 100),
            UsertourMessages.completed("whmsg_3", at, 1),
            UsertourMessages.ended("whmsg_4", at, 1, 100, "action_dismiss"))) {
      HttpResponse<String> answer = post(message);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(TAKEN);
    }

    assertThat(engine.reports)
        .extracting(ProviderReport::outcome)
        .containsExactly(Outcome.SHOWN, Outcome.STEP, Outcome.COMPLETED, Outcome.COMPLETED);
    assertThat(engine.reports).extracting(ProviderReport::productId).containsOnly("prod_abc");
  }

  @Test
  void theTestButtonAndWhatIsOfNoUseAreAnswered200() {
    HttpResponse<String> answer = post(UsertourMessages.test("whmsg_1", clock.instant()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"taken\":false,\"reason\":\"its type is none of");
    assertThat(engine.reports).isEmpty();
  }

  @Test
  void aMessageThatComesAgainIsAnsweredAlikeAndNotTakenTwice() {
    String message = UsertourMessages.started("whmsg_1", clock.instant());
    assertThat(post(message).body()).isEqualTo(TAKEN);
    clock.advance(Duration.ofMinutes(1_530));
    assertThat(post(message).body()).as("the last retry, after 25.5 h").isEqualTo(TAKEN);
    assertThat(engine.reports).hasSize(1);

    clock.advance(Duration.ofHours(1));
    assertThat(post(message).body()).as("nobody tries that long").isEqualTo(TAKEN);
    assertThat(engine.reports).hasSize(2);
  }

  @Test
  void whatTheEngineDidNotTakeIsAnswered503AndTakenWhenItComesAgain() {
    String message = UsertourMessages.started("whmsg_1", clock.instant());
    engine.takesReports = false;
    HttpResponse<String> refused = post(message);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");

    engine.takesReports = true;
    assertThat(post(message).body()).isEqualTo(TAKEN);
    assertThat(engine.reports).hasSize(1);
  }

  @Test
  void theSameIdOfAnotherProductIsAnotherMessage() {
    serve(
        b ->
            b.providerWebhook("prod_abc", UsertourWebhook.of(UsertourMessages.SECRET))
                .providerWebhook("prod_xyz", UsertourWebhook.of(UsertourMessages.SECRET)));
    String message = UsertourMessages.started("whmsg_1", clock.instant());

    post(message);
    send(signed("/webhook/usertour/prod_xyz", message).build());

    assertThat(engine.reports)
        .extracting(ProviderReport::productId)
        .containsExactly("prod_abc", "prod_xyz");
  }

  @Test
  void aForgedSignatureIsRefused() {
    String message = UsertourMessages.started("whmsg_1", clock.instant());
    for (HttpRequest request :
        List.of(
            UsertourMessages.signed(uri(PATH), message, "whsec_other", clock.instant()).build(),
            json(PATH, message).build(),
            json(PATH, message).header(UsertourWebhook.HEADER, "t=1,v1=00").build(),
            signed(PATH, message).header(UsertourWebhook.HEADER, "t=1,v1=00").build())) {
      assertThat(send(request).statusCode()).isEqualTo(401);
    }
    assertThat(engine.reports).isEmpty();
  }

  @Test
  void aMessageOfAnotherTimeIsRefused() {
    String message = UsertourMessages.started("whmsg_1", clock.instant());
    HttpRequest recorded = signed(PATH, message).build();
    clock.advance(Duration.ofSeconds(301));

    HttpResponse<String> answer = send(recorded);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("more than 5 min from this machine's");
    assertThat(engine.reports).isEmpty();
  }

  @Test
  void aBodyWithOneOtherByteIsRefused() {
    String message = UsertourMessages.started("whmsg_1", clock.instant());
    String signature =
        TimestampedSignature.of(UsertourMessages.SECRET)
            .sign(message.getBytes(UTF_8), clock.instant());
    String changed = message.replace("user-42", "user-43");

    HttpRequest request = json(PATH, changed).header(UsertourWebhook.HEADER, signature).build();

    assertThat(send(request).statusCode()).isEqualTo(401);
    assertThat(engine.reports).isEmpty();
  }

  @Test
  void secretsMayRotateWhileItRuns() {
    String message = UsertourMessages.started("whmsg_1", clock.instant());
    secrets.add(0, "whsec_new");
    assertThat(post(message).statusCode()).isEqualTo(200);
    secrets.remove(UsertourMessages.SECRET);
    assertThat(post(message).statusCode()).isEqualTo(401);
    secrets.set(0, "");
    HttpRequest blank = signed(PATH, message).build();
    assertThat(send(blank).statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsSignedAndNoJsonObjectIsAnswered400() {
    assertThat(post("[]").statusCode()).isEqualTo(400);
    assertThat(post("{\"id\":").statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyOverTheLimitIsRefusedAndOneWithALongAddressTaken() {
    Instant at = clock.instant();
    String page = "\"https://shop.example/" + "p".repeat(40_000) + "\"";
    String message =
        UsertourMessages.started("whmsg_1", at).replace("\"https://shop.example/p/1\"", page);
    assertThat(post(message).body()).isEqualTo(TAKEN);
    assertThat(post(message.replace(page, "\"" + "p".repeat(70_000) + "\"")).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void anotherContentTypeIsAnswered415(String type) {
    String message = UsertourMessages.started("whmsg_1", clock.instant());
    HttpRequest request = signed(PATH, message).setHeader("Content-Type", type).build();

    assertThat(send(request).statusCode()).isEqualTo(415);
  }

  @Test
  void anotherMethodIsNotAllowedAndNoPageMayCall() {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(PATH)).build());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    HttpResponse<String> preflight =
        send(
            HttpRequest.newBuilder(uri(PATH))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://app.example.com")
                .build());
    assertThat(preflight.statusCode()).isEqualTo(405);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/webhook/usertour/prod_xyz",
        "/webhook/usertour/",
        "/webhook/usertour",
        "/webhook/pendo/prod_abc",
        "/webhook/prod_abc",
        "/webhook/usertour/prod_abc/more"
      })
  void aPathWithoutAWebhookIsAnswered404(String path) {
    String message = UsertourMessages.started("whmsg_1", clock.instant());

    assertThat(send(signed(path, message).build()).statusCode()).isEqualTo(404);
    assertThat(engine.reports).isEmpty();
  }

  @Test
  void callersWhoNeverFinishCannotFillTheMemory() {
    List<RawClient> dripping = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      dripping.add(
          drip(
              "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"
                  .formatted(PATH)));
    }
    String test = UsertourMessages.test("whmsg_1", clock.instant());
    await().until(() -> post(test).statusCode() == 503);

    dripping.forEach(RawClient::close);

    await().until(() -> post(test).statusCode() == 200);
  }

  @Test
  void aWebhookOfYourOwnIsOneSmallClass() {
    serve(b -> b.providerWebhook("prod_abc", new Shouted()));

    HttpResponse<String> answer = send(json("/webhook/shouted/prod_abc", "\"jane f\"").build());

    assertThat(answer.body()).isEqualTo(TAKEN);
    assertThat(engine.reports)
        .singleElement()
        .returns("jane", ProviderReport::userId)
        .returns("f", ProviderReport::flowId);
    HttpResponse<String> thrown = send(json("/webhook/shouted/prod_abc", "\"\"").build());
    assertThat(thrown.statusCode()).isEqualTo(503);
  }

  /** Believes everybody, which no webhook should. */
  private record Shouted() implements ProviderWebhook {

    @Override
    public String name() {
      return "shouted";
    }

    @Override
    public Result read(Request request) {
      String[] words = new String(request.body(), UTF_8).replace("\"", "").split(" ");
      return new Result.Reports(
          "1",
          List.of(
              new ProviderReport(
                  request.productId(),
                  words[0],
                  words[1],
                  "",
                  Outcome.COMPLETED,
                  0,
                  true,
                  request.receivedAt(),
                  false)));
    }
  }

  @Test
  void everySettingOfWebhooksThatIsWrongIsNamed() {
    UsertourWebhook webhook = UsertourWebhook.of("secret");
    Function<String, ProviderWebhook> named =
        name ->
            new ProviderWebhook() {
              @Override
              public String name() {
                return name;
              }

              @Override
              public Result read(Request request) {
                return new Result.Ignored("");
              }
            };
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TourServer.builder(engine, sink, tokens)
                    .products(List.of("prod_abc"))
                    .providerWebhook("prod_abc", webhook)
                    .providerWebhook("prod_abc", webhook)
                    .providerWebhook("prod_abc", named.apply("A/b"))
                    .providerWebhook("prod_xyz", webhook)
                    .build())
        .withMessage(
            "product prod_abc has two webhooks of the name usertour, it must have one;"
                + " a webhook's name is \"A/b\", it must be made of a to z, 0 to 9 and -;"
                + " the webhook usertour is for \"prod_xyz\", which is no product of this server");
  }

  private HttpResponse<String> post(String message) {
    return send(signed(PATH, message).build());
  }

  private HttpRequest.Builder signed(String path, String message) {
    return UsertourMessages.signed(uri(path), message, UsertourMessages.SECRET, clock.instant());
  }

  private HttpRequest.Builder json(String path, String body) {
    URI to = uri(path);
    return HttpRequest.newBuilder(to)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
