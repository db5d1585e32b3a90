package dev.tourmaline.adapter.autoplay.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.AlreadyRegistered;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Failed;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Registered;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductRegistrationTest {

  private static final String EMAIL = "you@yourcompany.com";
  private static final String LEAK = "leak_whsec_0123456789";

  private final MockWebServer connector = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    connector.start();
  }

  @AfterEach
  void stop() {
    connector.close();
  }

  @Test
  void sendsWhatTheOverviewsScriptSends() throws Exception {
    connector.enqueue(created("{\"unkey_key\":\"uk_live_1\",\"unkey_key_id\":\"key_1\"}"));

    registration().webhookSecret("whsec_1").build().register();

    RecordedRequest request = connector.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("POST /products HTTP/1.1");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("X-Admin-Key")).isNull();
    assertThat(body(request))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"product_id": "prod_abc", "contact_email": "you@yourcompany.com",
                     "webhook_secret": "whsec_1", "integration_type": "event_stream",
                     "integration_config": {"mode": "sse"},
                     "forward_url": "", "forward_secret": "", "force_reregister": false}
                    """));
  }

  @Test
  void givesTheFiveFields() {
    connector.enqueue(
        created(
            "{\"webhook_secret\":\"whsec_2\",\"unkey_key\":\"uk_live_1\",\"unkey_key_id\":\"k\"}"));

    String base = connector.url("/").toString();
    assertThat(registration().build().register())
        .isEqualTo(
            new Registered(
                "prod_abc",
                base + "webhook/prod_abc",
                base + "stream/prod_abc",
                "whsec_2",
                "uk_live_1"));
  }

  @Test
  void theSecretThatWasSentHoldsWhereTheAnswerNamesNone() throws Exception {
    connector.enqueue(created("{\"unkey_key\":\"uk_live_1\"}"));

    Registered registered = (Registered) registration().build().register();

    String sent = body(connector.takeRequest()).get("webhook_secret").asText();
    assertThat(sent).hasSizeGreaterThanOrEqualTo(43).isEqualTo(registered.webhookSecret());
  }

  @Test
  void eachRegistrationMakesItsOwnSecret() throws Exception {
    connector.enqueue(created("{\"unkey_key\":\"uk_live_1\"}"));
    connector.enqueue(created("{\"unkey_key\":\"uk_live_1\"}"));

    registration().build().register();
    registration().build().register();

    assertThat(body(connector.takeRequest()).get("webhook_secret"))
        .isNotEqualTo(body(connector.takeRequest()).get("webhook_secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999999999999", "-1", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void aRefusalIsNeverFollowedByAnotherRegistration(String retryAfter) {
    connector.enqueue(
        new MockResponse.Builder().code(503).setHeader("Retry-After", retryAfter).build());
    connector.enqueue(created("{\"unkey_key\":\"uk_live_1\"}"));

    assertThat(registration().build().register())
        .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.status()).isEqualTo(503));
    assertThat(connector.getRequestCount()).isOne();
  }

  @Test
  void forcesAndShowsItsAdminKeyWhenAskedTo() throws Exception {
    connector.enqueue(created("{\"unkey_key\":\"uk_live_1\"}"));

    registration().force(true).adminKey("admin_1").build().register();

    RecordedRequest request = connector.takeRequest();
    assertThat(body(request).get("force_reregister").asBoolean()).isTrue();
    assertThat(request.getHeaders().get("X-Admin-Key")).isEqualTo("admin_1");
  }

  @Test
  void anAwkwardProductIdIsEscapedInTheAddresses() {
    connector.enqueue(created("{\"unkey_key\":\"uk_live_1\"}"));

    Registered registered =
        (Registered)
            ProductRegistration.builder("a/b?c", EMAIL)
                .connector(connector.url("/base/").toString())
                .build()
                .register();

    assertThat(registered.streamUrl()).endsWith("/base/stream/a%2Fb%3Fc");
  }

  @Test
  void aProductThatIsRegisteredIsLeftAloneAndSaidSo() {
    connector.enqueue(status(409));

    RegistrationResult result = registration().build().register();

    assertThat(result)
        .isInstanceOfSatisfying(
            AlreadyRegistered.class,
            already ->
                assertThat(already.explanation())
                    .contains("'prod_abc' is already registered")
                    .contains("force"));
    assertLeaksNothing(result);
  }

  @ParameterizedTest
  @CsvSource({
    "200, no answer to a registration",
    "204, no answer to a registration",
    "302, redirects to https://login.example.com",
    "400, product id 'prod_abc'",
    "401, admin key",
    "403, admin key",
    "404, connector's address",
    "405, connector's address",
    "408, Try again",
    "418, connector's address",
    "422, product id 'prod_abc'",
    "429, too many requests",
    "500, try again in a while",
    "503, try again in a while"
  })
  void everyOtherAnswerIsExplainedWithoutItsBody(int code, String advice) {
    connector.enqueue(status(code));

    RegistrationResult result = registration().build().register();

    assertThat(result)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.status()).isEqualTo(code);
              assertThat(failed.explanation()).contains("answered " + code).contains(advice);
            });
    assertLeaksNothing(result);
    assertThat(connector.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"leak_whsec_0123456789\"",
        "{\"unkey_key\": null, \"webhook_secret\": \"leak_whsec_0123456789\"}",
        "{\"unkey_key\": {\"leak\": \"leak_whsec_0123456789\"}}",
        "leak_whsec_0123456789 is no JSON"
      })
  void aSuccessWithoutCredentialsIsExplainedWithoutItsBody(String body) {
    connector.enqueue(created(body));

    RegistrationResult result = registration().build().register();

    assertThat(result)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.status()).isEqualTo(201);
              assertThat(failed.explanation()).contains("forcing it issues new ones");
            });
    assertLeaksNothing(result);
  }

  @Test
  void aSuccessOfHugeSizeIsNotRead() {
    connector.enqueue(created("{\"unkey_key\":\"" + "x".repeat(1 << 20) + "\"}"));

    assertThat(registration().build().register())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.explanation()).contains("64 KiB"));
  }

  @Test
  void aConnectorThatDoesNotAnswerIsExplained() {
    connector.enqueue(status(201).newBuilder().headersDelay(20, TimeUnit.SECONDS).build());

    assertThat(registration().timeout(Duration.ofMillis(300)).build().register())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.status()).isZero();
              assertThat(failed.explanation()).contains("did not answer within");
            });
  }

  @Test
  void aConnectorThatCannotBeReachedIsExplained() {
    ProductRegistration registration = registration().build();
    connector.close();

    assertThat(registration.register())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.status()).isZero();
              assertThat(failed.explanation()).contains("cannot be reached");
            });
  }

  @Test
  void secretsAndTheContactsAddressAreInNoText() {
    Registered registered = new Registered("p", "w", "s", "whsec_1", "uk_live_1");
    ProductRegistration registration =
        registration().webhookSecret("whsec_1").adminKey("admin_1").build();

    assertThat(registered.toString()).doesNotContain("whsec_1", "uk_live_1").contains("***");
    assertThat(registration.toString()).doesNotContain("whsec_1", "admin_1", EMAIL);
  }

  @Test
  void everyWrongSettingIsNamedAtOnceAndTheContactIsNotShown() {
    assertThatThrownBy(
            () ->
                ProductRegistration.builder(" ", "private address")
                    .connector("nowhere")
                    .webhookSecret(" ")
                    .adminKey("two words")
                    .timeout(Duration.ZERO)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "productId", "contactEmail", "connector", "webhookSecret", "adminKey", "timeout")
        .hasMessageNotContaining("private address")
        .hasMessageNotContaining("two words");
  }

  private ProductRegistration.Builder registration() {
    return ProductRegistration.builder("prod_abc", EMAIL).connector(connector.url("/").toString());
  }

  private static JsonNode body(RecordedRequest request) throws Exception {
    return new ObjectMapper().readTree(request.getBody().utf8());
  }

  private static MockResponse created(String body) {
    return new MockResponse.Builder().code(201).body(body).build();
  }

  private static MockResponse status(int code) {
    MockResponse.Builder response = new MockResponse.Builder().code(code);
    if (code != 204) {
      response.body("{\"detail\":\"" + LEAK + "\"}");
    }
    if (code == 302) {
      response.setHeader("Location", "https://login.example.com/?next=" + LEAK);
    }
    return response.build();
  }

  private static void assertLeaksNothing(RegistrationResult result) {
    assertThat(result.toString()).doesNotContain(LEAK).doesNotContain(EMAIL);
  }
}
