package dev.tourmaline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.Tenant;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.WatchedRules;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.CallbackSink;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.rules.RulePacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine's page shows of embedding. */
class EmbeddingTest {

  @TempDir Path folder;

  @Test
  void rulesComeFromSeveralPlacesAndAreCompiledOnce() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(directory.resolve("help.drl"), HELP);
    Path cache = folder.resolve("cache");
    RuleSet rules =
        RuleSet.path(directory) // every .drl file below a directory
            .plus(RulePacks.pack("navigation"));
    RuleBase compiled = RuleBase.compile(rules, cache);
    try (TourEngine first = TourEngine.builder(compiled).build();
        TourEngine second = TourEngine.builder(compiled).build()) {
      assertThat(List.of(first, second)).allSatisfy(e -> assertThat(e.stats().frames()).isZero());
    }
    assertThat(cache).isNotEmptyDirectory();
  }

  @Test
  void rulesAreWatchedWhileTheEngineRuns() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(directory.resolve("help.drl"), HELP);
    RuleSet rules = RuleSet.path(directory);
    try (TourEngine engine = TourEngine.builder(rules).build();
        WatchedRules watched =
            WatchedRules.start(
                engine, rules, () -> RuleSet.path(directory), Duration.ofSeconds(1))) {
      assertThat(watched).isNotNull();
    }
  }

  @Test
  void aProductMayHaveRulesOrAPolicyOfItsOwn() {
    RuleSet rules = RuleSet.of("help.drl", HELP);
    RuleSet rulesOfTheShop = RuleSet.of("shop.drl", HELP.replace("tour_of_help", "tour_shop"));
    TriggerPolicy seldom = TriggerPolicy.builder().betweenTours(Duration.ofHours(4)).build();
    try (TourEngine engine =
        TourEngine.builder(rules) // of all products that are not named
            .tenant(Tenant.of("prod_shop").rules(rulesOfTheShop))
            .tenant(Tenant.of("prod_bank").policy(seldom)) // has the rules of all
            .build()) {
      assertThat(engine.statsByTenant()).containsOnlyKeys("prod_shop", "prod_bank");
    }
  }

  @Test
  void aFrameIsEvaluatedWhenItsStageCompletes() {
    TriggerPolicy policy =
        TriggerPolicy.builder()
            .oncePer(Frequency.ONCE_PER_SESSION)
            .betweenTours(Duration.ofHours(1))
            .perUserPerDay(3)
            .build();
    TourEngine engine =
        TourEngine.builder(RuleSet.of("help.drl", HELP))
            .policy(policy)
            .limits(SessionLimits.defaults().withHistorySize(200))
            .lanes(2)
            .build();
    byte[] frame = FRAME.getBytes(StandardCharsets.UTF_8);
    engine.acceptFrame(frame).toCompletableFuture().join(); // its decisions have been made
    List<RecordedDecision> decisions =
        engine.ledger().decisions(new SessionKey("prod_abc", "ps_1"));
    engine.close();

    assertThat(decisions).extracting(d -> d.decision().word()).containsExactly("admitted");
  }

  @Test
  void aSinkAndAListenerAreTold() {
    MessageSink sink = new MessageSink();
    DecisionCounts counts = new DecisionCounts();
    try (TourEngine engine =
        TourEngine.builder(RuleSet.of("help.drl", HELP))
            .sink(sink)
            .sink(CallbackSink.of("audit", trigger -> System.out.println(trigger.reason())))
            .listener(counts)
            .build()) {
      engine.acceptFrame(FRAME.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(sink.sent).containsExactly("tour_of_help");
    assertThat(counts.words).containsExactly("admitted");
  }

  @Test
  void aSourceOfTheHostIsRead() {
    CompletableFuture<String> shown = new CompletableFuture<>();
    TourEngine engine =
        TourEngine.builder(RuleSet.of("help.drl", HELP))
            .source(new LinesSource(List.of(FRAME)))
            .sink(CallbackSink.of(trigger -> shown.complete(trigger.flowId())))
            .build();

    assertThat(shown.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("tour_of_help");
    engine.close();
  }

  @Test
  void timeIsAParameter() {
    Instant[] now = {Instant.parse("2026-03-02T09:00:00Z")};
    InstantSource clock = () -> now[0];
    List<String> reasons = new ArrayList<>();
    try (TourEngine engine =
        TourEngine.builder(RuleSet.of("help.drl", HELP)).clock(clock).build()) {
      for (int visit = 0; visit < 2; visit++) {
        UiAction view = UiAction.builder("pageview").url(HELP_PAGE).start(now[0]).build();
        engine
            .accept(
                ActionsEvent.builder("prod_abc")
                    .sessionId("ps_" + visit)
                    .userId("u_1")
                    .forwardedAt(now[0])
                    .action(view)
                    .build())
            .toCompletableFuture()
            .join();
        engine
            .ledger()
            .decisions(new SessionKey("prod_abc", "ps_" + visit))
            .forEach(recorded -> reasons.add(recorded.decision().word()));
        now[0] = now[0].plus(Duration.ofMinutes(5));
      }
    }
    assertThat(reasons).containsExactly("admitted", "suppressed");
  }

  private static final String HELP =
      """
      rule "Help" @flow("tour_of_help")
      when
          $a : Action( visit, onPath("/help/**") )
      then
          tours.offer($a, "a visit to the help pages");
      end
      """;

  private static final String HELP_PAGE = "https://app.example.com/help";

  private static final String FRAME =
      """
      {"type":"actions","product_id":"prod_abc","session_id":"ps_1","user_id":"u_1","count":1,
       "actions":[{"index":0,"type":"pageview","title":"Page Load: Help",
                   "raw_url":"https://app.example.com/help",
                   "canonical_url":"https://app.example.com/help"}]}
      """;

  /** Sends triggers as messages. */
  static final class MessageSink implements TriggerSink {

    final Queue<String> sent = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
      return "messages";
    }

    @Override
    public Optional<Duration> timeToLive() {
      return Optional.of(Duration.ofMinutes(5));
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      // trigger.id() is the idempotency key: the receiver drops an id that it has seen.
      sent.add(trigger.flowId());
      return CompletableFuture.completedStage(new Delivery.Delivered());
    }
  }

  /** Counts decisions and reports rules that fail. */
  static final class DecisionCounts implements EngineListener {

    final Queue<String> words = new ConcurrentLinkedQueue<>();

    @Override
    public void decided(Decision decision) {
      words.add(decision.word());
    }

    @Override
    public void ruleFailed(RuleFailure failure) {
      System.err.println(failure.rule() + ": " + failure.detail());
    }
  }
}
