package dev.tourmaline.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a rule's offer to the rule that sees what became of it, by Usertour's server alone. */
class UsertourOutcomeTest {

  private static final String RULES =
      """
      rule "Sizes" @flow("%1$s")
      when
          $a : Action( pageview, path == "/p" )
      then
          tours.offer($a, "looks at a product");
      end
      rule "Closed early" @flow("tour_help")
      when
          $o : TourOutcome( dismissed, flowId == "%1$s", step == 2 )
      then
          tours.offer($o, "closed the tour of sizes");
      end
      """
          .formatted(UsertourMessages.FLOW);

  private final FakeClock clock = FakeClock.create();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final BrowserSink browsers = BrowserSink.builder().clock(clock).build();
  private final TourEngine engine =
      TourEngine.builder(RuleSet.of("rules.drl", RULES))
          .clock(clock)
          .policy(TriggerPolicy.builder().betweenTours(Duration.ZERO).perUserPerDay(2).build())
          .sink(browsers)
          .listener(
              new EngineListener() {
                @Override
                public void decided(Decision decision) {
                  told.add(decision.word() + " " + decision.offer().flowId());
                }

                @Override
                public void feedback(TourFeedback feedback) {
                  told.add(
                      feedback.outcome()
                          + (feedback.confirmed() ? " seen by " : " heard by ")
                          + feedback.session().sessionId());
                }
              })
          .build();
  private final SessionTokens tokens = SessionTokens.of(ServerFixture.SECRET);
  private final String secret = UsertourMessages.SECRET;
  private final TourServer server =
      TourServer.builder(engine, browsers, tokens)
          .providerWebhook("prod_abc", UsertourWebhook.of(secret))
          .port(0)
          .clock(clock)
          .build()
          .start();
  private Instant started = clock.instant();

  @BeforeEach
  void aRuleOffersTheFlow() {
    String frame =
        """
        {"type":"actions","product_id":"prod_abc","session_id":"ps_1","user_id":"%1$s","count":1,\
        "forwarded_at":%2$d.0,"actions":[{"index":0,"type":"pageview","title":"Page",\
        "description":"","timestamp_start":%2$d.0,"timestamp_end":%2$d.0,\
        "raw_url":"https://shop.example/p","canonical_url":"https://shop.example/p"}]}"""
            .formatted(UsertourMessages.USER, clock.instant().getEpochSecond());
    engine.acceptFrame(frame.getBytes(UTF_8)).toCompletableFuture().join();
    awaitTold("admitted " + UsertourMessages.FLOW);
    told.clear();
    started = clock.advance(Duration.ofSeconds(2));
  }

  @AfterEach
  void stop() {
    server.stop();
    engine.close();
  }

  @Test
  void aDismissedFlowReachesTheRulesOfItsSession() {
    post(UsertourMessages.started("whmsg_1", started));
    post(UsertourMessages.stepSeen("whmsg_2", started, 0, 33));
    clock.advance(Duration.ofMinutes(20));
    post(UsertourMessages.stepSeen("whmsg_3", clock.instant(), 1, 66));
    post(UsertourMessages.ended("whmsg_4", clock.instant(), 1, 66, "close_button_dismiss"));

    awaitTold(
        "SHOWN heard by ps_1", "STEP seen by ps_1", "DISMISSED seen by ps_1", "admitted tour_help");
  }

  @Test
  void theOrderOfItsEventsDoesNotMatter() {
    List<String> messages = new ArrayList<>();
    messages.add(UsertourMessages.started("whmsg_1", started));
    messages.add(UsertourMessages.stepSeen("whmsg_2", started, 1, 66));
    messages.add(
        UsertourMessages.ended("whmsg_3", started.plusSeconds(9), 1, 66, "backdrop_dismiss"));
    Collections.reverse(messages);
    clock.advance(Duration.ofSeconds(10));

    messages.forEach(this::post);

    awaitTold("DISMISSED seen by ps_1", "admitted tour_help");
  }

  @Test
  void aFlowWhoseTargetIsMissingHasFailedWhateverComesFirst() {
    clock.advance(Duration.ofSeconds(10));
    post(
        UsertourMessages.ended("whmsg_1", started.plusSeconds(6), 0, 33, "tooltip_target_missing"));
    post(UsertourMessages.stepSeen("whmsg_2", started, 0, 33));

    awaitTold("FAILED heard by ps_1");
  }

  private void post(String message) {
    URI to = URI.create("http://127.0.0.1:" + server.port() + "/webhook/usertour/prod_abc");
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  UsertourMessages.signed(to, message, secret, clock.instant()).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("{\"taken\":true}\n");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitTold(String... lines) {
    await().untilAsserted(() -> assertThat(told).containsExactly(lines));
  }
}
