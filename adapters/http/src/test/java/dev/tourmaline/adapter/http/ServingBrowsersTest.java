package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.ManualTrigger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this module's page shows, with an engine of its own. */
class ServingBrowsersTest {

  private static final SessionKey SESSION = new SessionKey("prod_abc", "ps_1");

  @Test
  void aTriggerReachesTheBrowserThatShowsATokenOfItsSession() {
    RuleSet rules = RuleSet.empty();
    String secret = "0123456789abcdef0123456789abcdef";
    int port = 0;
    int adminPort = 0;

    BrowserSink browsers = BrowserSink.builder().timeToLive(Duration.ofSeconds(30)).build();
    SessionTokens tokens = SessionTokens.of(secret); // at least 32 bytes
    SourceReadiness readiness = SourceReadiness.create();
    try (TourEngine engine = TourEngine.builder(rules).sink(browsers).listener(readiness).build();
        TourServer server =
            TourServer.builder(engine, browsers, tokens)
                .port(port)
                .corsOrigins(List.of("https://app.example.com"))
                .build()
                .start();
        AdminServer admin = AdminServer.builder(readiness).port(adminPort).build().start()) {
      String token = tokens.issueForSession(SESSION, Duration.ofMinutes(15));
      try (RawClient browser =
          RawClient.get(
                  server.port(),
                  "/tours/stream?product=prod_abc&session=ps_1",
                  "Authorization: Bearer " + token)
              .awaitOpen()) {
        engine.trigger(new ManualTrigger(SESSION, "", "tour_plans", "asked for", false));

        await().untilAsserted(() -> assertThat(browser.events()).contains("tour_plans"));
        assertThat(admin.port()).isPositive();
      }
    }
  }
}
