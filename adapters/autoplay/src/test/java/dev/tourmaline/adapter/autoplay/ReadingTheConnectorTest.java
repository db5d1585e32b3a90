package dev.tourmaline.adapter.autoplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.autoplay.registration.ProductRegistration;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Failed;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Registered;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/** What this module's page shows, with a connector on loopback. */
class ReadingTheConnectorTest {

  private static final String SUMMARY =
      "{\"type\":\"summary\",\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\",\"summary\":\"\"}";

  @Test
  void anEngineReadsTheStreamOfAProduct() throws IOException {
    try (StreamServer connector = new StreamServer()) {
      connector.enqueue(StreamServer.whole("data: " + SUMMARY + "\n\n"));
      String url = connector.url();
      String token = "uk_live_1";
      RuleSet rules = RuleSet.empty();

      AutoplaySource source = AutoplaySource.builder("prod_abc", url, token).build();
      try (TourEngine engine = TourEngine.builder(rules).source(source).build()) {
        await().until(() -> engine.stats().summaries() == 1);
      }
    }
  }

  @Test
  void aProductIsRegistered() throws IOException {
    try (StreamServer server = new StreamServer()) {
      server.enqueue(new MockResponse.Builder().code(201).body("{\"unkey_key\":\"uk_1\"}").build());
      String connector = server.url("/");

      RegistrationResult result =
          ProductRegistration.builder("prod_abc", "you@yourcompany.com")
              .connector(connector)
              .build()
              .register();
      String line =
          result instanceof Registered registered
              ? "read " + registered.streamUrl() + " with the token registered.unkeyKey()"
              : result instanceof Failed failed ? failed.explanation() : "registered before";

      assertThat(line).startsWith("read " + connector + "stream/prod_abc");
    }
  }
}
