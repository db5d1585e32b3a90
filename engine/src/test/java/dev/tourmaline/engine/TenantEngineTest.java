package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.CallbackSink;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One engine, several products, each with rules and a policy of its own. */
class TenantEngineTest {

  private static final TriggerPolicy OFTEN =
      TriggerPolicy.builder()
          .oncePer(Frequency.ALWAYS)
          .betweenTours(Duration.ZERO)
          .perUserPerDay(Integer.MAX_VALUE)
          .perUserPerWeek(Integer.MAX_VALUE)
          .build();

  private final Recorded heard = new Recorded();

  private static String viewOffers(String flow) {
    return "rule \"%s\" @flow(\"%s\") when $a : Action( pageview ) then tours.offer($a, \"\"); end"
        .formatted(flow, flow);
  }

  private static RuleSet rules(String flow) {
    return RuleSet.of(flow + ".drl", viewOffers(flow));
  }

  private static Tenant tenant(String product, String flow) {
    return Tenant.of(product).rules(rules(flow));
  }

  private TourEngineBuilder shared(TourEngineBuilder builder) {
    return builder.lanes(1).clock(heard.clock).listener(heard).policy(OFTEN);
  }

  private CompletionStage<Void> view(TourEngine engine, String product, String session) {
    heard.clock.advance(Duration.ofSeconds(20));
    UiAction action =
        UiAction.builder("pageview").url("https://h.com/a").start(heard.clock.instant()).build();
    return engine.accept(
        ActionsEvent.builder(product)
            .sessionId(session)
            .userId("u_" + session)
            .forwardedAt(heard.clock.instant())
            .action(action)
            .build());
  }

  private static void done(CompletionStage<?> stage) throws Exception {
    stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private List<String> flows() {
    return heard.decisions.stream()
        .map(
            decision ->
                "%s %s %s"
                    .formatted(
                        decision.offer().session().productId(),
                        decision.offer().flowId(),
                        decision instanceof Decision.Admitted ? "admitted" : "held"))
        .toList();
  }

  @Test
  void eachProductIsJudgedByItsOwnRulesAndPolicy() throws Exception {
    Tenant shy = tenant("a", "tour_a").policy(TriggerPolicy.defaults());
    try (TourEngine engine =
        shared(TourEngine.builder(rules("tour_all")))
            .tenant(shy)
            .tenant(tenant("b", "tour_b"))
            .tenant(Tenant.of("c").policy(TriggerPolicy.defaults()))
            .build()) {
      for (String product : List.of("a", "b", "c", "d")) {
        done(view(engine, product, "s1"));
        heard.clock.advance(Duration.ofHours(2));
        done(view(engine, product, "s1"));
      }
      assertThat(flows())
          .containsExactly(
              "a tour_a admitted",
              "a tour_a held",
              "b tour_b admitted",
              "b tour_b admitted",
              "c tour_all admitted",
              "c tour_all held",
              "d tour_all admitted",
              "d tour_all admitted");
      assertThat(engine.statsByTenant()).containsOnlyKeys("a", "b", "c");
      assertThat(engine.statsByTenant().get("a").triggersByFlow()).containsEntry("tour_a", 1L);
      assertThat(engine.statsByTenant().get("a").offersByFlow()).containsOnlyKeys("tour_a");
      assertThat(engine.stats().actions()).isEqualTo(8);
      assertThat(engine.stats().triggersByFlow())
          .containsEntry("tour_b", 2L)
          .containsEntry("tour_all", 3L);
    }
  }

  @Test
  void eventsOfProductsThatNobodyServesAreCountedAsUnroutable() throws Exception {
    try (TourEngine engine = shared(TourEngine.builder()).tenant(tenant("a", "tour_a")).build()) {
      done(view(engine, "b", "s1"));
      assertThat(engine.tryAcceptFrame(frame("b", "s1"))).isPresent();
      assertThat(engine.stats().unroutable()).isEqualTo(2);
      assertThat(engine.stats().sessions()).isZero();
      SessionKey unserved = new SessionKey("b", "s1");
      assertThat(engine.trigger(manual(unserved)))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("no tenant is named 'b'");
      assertThat(engine.feedback(shown("id", unserved))).isCompletedWithValue(false);
    }
  }

  @Test
  void framesAreDecodedOnceAndCountForTheirProduct() throws Exception {
    try (TourEngine engine =
        shared(TourEngine.builder())
            .tenant(tenant("a", "tour_a"))
            .tenant(tenant("b", "tour_b"))
            .build()) {
      done(engine.acceptFrame(frame("a", "s1")));
      done(engine.acceptFrame(frame("b", "s1")));
      done(engine.acceptFrame("{".getBytes(StandardCharsets.UTF_8)));
      assertThat(engine.statsByTenant().get("a").frames()).isOne();
      assertThat(engine.stats().frames()).isEqualTo(3);
      assertThat(engine.stats().rejected()).containsEntry(RejectReason.MALFORMED_JSON, 1L);
      assertThat(flows()).containsExactly("a tour_a admitted", "b tour_b admitted");
    }
  }

  private static byte[] frame(String product, String session) {
    return """
    {"type":"actions","product_id":"%s","session_id":"%s","count":1,"forwarded_at":1772359200.0,
     "actions":[{"index":0,"type":"pageview","title":"Home","timestamp_start":1772359200.0,
     "raw_url":"https://h.com/a","canonical_url":"https://h.com/a"}]}
    """
        .formatted(product, session)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static TourFeedback shown(String id, SessionKey session) {
    return new TourFeedback(id, session, TourFeedback.Outcome.SHOWN, 0);
  }

  private static ManualTrigger manual(SessionKey session) {
    return new ManualTrigger(session, "", "tour_m", "asked", false);
  }

  @Test
  void triggersAndReportsGoToTheProductOfTheirSession() throws Exception {
    try (TourEngine engine =
        shared(TourEngine.builder())
            .tenant(tenant("a", "tour_a").policy(TriggerPolicy.defaults()))
            .tenant(tenant("b", "tour_b"))
            .build()) {
      SessionKey a = new SessionKey("a", "s1");
      Decision first = engine.trigger(manual(a)).toCompletableFuture().get();
      assertThat(first).isInstanceOf(Decision.Admitted.class);
      String id = first.offer().id();
      assertThat(engine.feedback(shown(id, new SessionKey("b", "s1"))).toCompletableFuture().get())
          .as("another product's session")
          .isFalse();
      assertThat(engine.feedback(shown(id, a)).toCompletableFuture().get()).isTrue();
      assertThat(engine.statsByTenant().get("a").offersByFlow()).containsEntry("tour_m", 1L);
      assertThat(engine.statsByTenant().get("b").offersByFlow()).isEmpty();
      assertThat(engine.ledger()).isNotNull();
    }
  }

  @Test
  void newRulesOfOneProductAreItsOwnFromThenOn() throws Exception {
    try (TourEngine engine =
        shared(TourEngine.builder(rules("tour_all")))
            .tenant(Tenant.of("a"))
            .tenant(Tenant.of("b"))
            .tenant(tenant("c", "tour_c"))
            .build()) {
      engine.replaceRules("a", rules("tour_a2"));
      engine.replaceRules(rules("tour_all2"));
      for (String product : List.of("a", "b", "c", "d")) {
        done(view(engine, product, "s1"));
      }
      assertThat(flows())
          .containsExactly(
              "a tour_a2 admitted",
              "b tour_all2 admitted",
              "c tour_c admitted",
              "d tour_all2 admitted");
      assertThatThrownBy(() -> engine.replaceRules("d", rules("x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'d'");
    }
  }

  @Test
  void brokenNewRulesLeaveEveryProductOnItsOld() throws Exception {
    try (TourEngine engine =
        shared(TourEngine.builder())
            .tenant(tenant("a", "tour_a"))
            .tenant(tenant("b", "tour_b"))
            .build()) {
      assertThatThrownBy(() -> engine.replaceRules("a", RuleSet.of("x.drl", "rule \"x\" when")))
          .isInstanceOf(InvalidRulesException.class);
      done(view(engine, "a", "s1"));
      done(view(engine, "b", "s1"));
      assertThat(flows()).containsExactly("a tour_a admitted", "b tour_b admitted");
      assertThat(engine.health().hindered()).isEmpty();
    }
  }

  @Test
  void aProductWhoseRulesDoNotCompileStartsWithoutThemAndKeepsItsHistory() throws Exception {
    RuleSet broken = RuleSet.of("a.drl", "rule \"x\" when");
    RuleSet third =
        RuleSet.of(
            "a.drl",
            """
            rule "Third" @flow("tour_third")
            when $a : Action( pageview, viewsWithin("1h") >= 3 )
            then tours.offer($a, ""); end
            """);
    try (TourEngine engine =
        shared(TourEngine.builder())
            .tenant(Tenant.of("a").rules(broken))
            .tenant(tenant("b", "tour_b"))
            .build()) {
      done(view(engine, "a", "s1"));
      done(view(engine, "a", "s1"));
      done(view(engine, "b", "s1"));
      assertThat(flows()).containsExactly("b tour_b admitted");
      assertThat(engine.statsByTenant().get("a").actions()).isEqualTo(2);
      assertThat(engine.health().isReady()).isTrue();
      assertThat(engine.health().hindered()).containsOnlyKeys("a");
      assertThat(engine.health()).asString().contains("do not compile", "a.drl:1");

      engine.replaceRules("a", third);
      done(view(engine, "a", "s1"));
      assertThat(flows()).containsExactly("b tour_b admitted", "a tour_third admitted");
      assertThat(engine.health().hindered()).isEmpty();
    }
  }

  @Test
  void anEngineThatRequiresAllRulesTellsEveryProductsProblemsTogether() {
    TourEngineBuilder builder =
        shared(TourEngine.builder())
            .tenant(Tenant.of("a").rules(RuleSet.of("a.drl", "rule \"x\" when")))
            .tenant(Tenant.of("b").rules(RuleSet.of("b.drl", "rule \"y\" when")))
            .allRulesRequired();
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining("a.drl")
        .hasMessageContaining("b.drl");
  }

  @Test
  void allThatIsWrongWithTenantsIsToldTogether() {
    TourEngineBuilder builder =
        TourEngine.builder()
            .tenant(tenant("a", "tour_a"))
            .tenant(tenant("a", "tour_b"))
            .tenant(Tenant.of("c"))
            .source(new Counted("x"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two tenants are named 'a'")
        .hasMessageContaining("tenant 'c' has no rules")
        .hasMessageContaining("source counted carries product 'x'");
    assertThatThrownBy(TourEngine.builder()::build)
        .hasMessageContaining("neither rules nor tenant");
    assertThatThrownBy(() -> Tenant.of(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sourcesAndSinksAreStartedOnceAndClosedOnceAfterAllProducts() throws Exception {
    Counted a = new Counted("a");
    Counted b = new Counted("b");
    List<String> order = new CopyOnWriteArrayList<>();
    CallbackSink delegate = CallbackSink.of(trigger -> order.add(trigger.flowId()));
    TourEngine engine =
        shared(TourEngine.builder())
            .tenant(tenant("a", "tour_a"))
            .tenant(tenant("b", "tour_b"))
            .source(a)
            .source(b)
            .sink(new ClosedOnce(delegate, order))
            .build();
    a.frames.receive(frame("a", "s1"));
    b.frames.receive(frame("b", "s1"));
    b.frames.receive(frame("a", "s1"));
    assertThat(engine.close(Duration.ofSeconds(20)).isComplete()).isTrue();
    engine.close();
    assertThat(order).hasSize(3).contains("tour_a", "tour_b").endsWith("closed");
    assertThat(a.calls).containsExactly("started", "closed");
    assertThat(b.calls).containsExactly("started", "closed");
    assertThat(engine.statsByTenant().get("b").rejected())
        .containsEntry(RejectReason.OTHER_PRODUCT, 1L);
    assertThatThrownBy(() -> view(engine, "a", "s1")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sessionsOfOneProductPushOutNoOthers() throws Exception {
    SessionLimits few = SessionLimits.defaults().withMaxSessions(8);
    try (TourEngine engine =
        shared(TourEngine.builder())
            .limits(few)
            .tenant(tenant("a", "tour_a"))
            .tenant(tenant("b", "tour_b"))
            .build()) {
      done(view(engine, "b", "s1"));
      for (int i = 0; i < 50; i++) {
        done(view(engine, "a", "s" + i));
      }
      assertThat(engine.statsByTenant().get("a").evicted()).isEqualTo(46);
      assertThat(engine.statsByTenant().get("b").evicted()).isZero();
    }
  }

  @Test
  void twentyProductsTakeTwentyLanesAndNoOtherThread() throws Exception {
    TourEngineBuilder builder = shared(TourEngine.builder()).lanes(2);
    IntStream.range(0, 20).forEach(i -> builder.tenant(tenant("p" + i, "tour_" + i % 3)));
    List<String> before = threads();
    try (TourEngine engine = builder.build()) {
      List<String> own = new ArrayList<>(threads());
      before.forEach(own::remove);
      for (int i = 0; i < 20; i++) {
        done(view(engine, "p" + i, "s1"));
      }
      assertThat(flows()).hasSize(20);
      assertThat(own).filteredOn(name -> name.contains("-lane-")).hasSize(20);
      assertThat(own)
          .filteredOn(name -> !name.contains("-lane-"))
          .containsExactlyInAnyOrder("tourmaline-watchdog", "tourmaline-scheduler");
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tourmaline-"))
        .toList();
  }

  @Test
  void productsWithTheSameTextShareWhatIsCompiled() {
    RuleBases bases = new RuleBases(Optional.empty());
    assertThat(bases.of(rules("tour_a")).compiled())
        .isSameAs(bases.of(rules("tour_a")).compiled())
        .isNotSameAs(bases.of(rules("tour_b")).compiled());
  }

  /** A sink that notes when it is closed. */
  private record ClosedOnce(CallbackSink sink, List<String> order) implements TriggerSink {

    @Override
    public String name() {
      return sink.name();
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      return sink.deliver(trigger, check);
    }

    @Override
    public void close() {
      order.add("closed");
    }
  }

  /** A source that notes when it is started and closed. */
  private static final class Counted implements EventSource {

    private final String product;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile FrameReceiver frames = frame -> {};

    Counted(String product) {
      this.product = product;
    }

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public String productId() {
      return product;
    }

    @Override
    public void start(FrameReceiver receiver, SourceListener listener) {
      calls.add("started");
      frames = receiver;
    }

    @Override
    public void close() {
      calls.add("closed");
    }
  }
}
