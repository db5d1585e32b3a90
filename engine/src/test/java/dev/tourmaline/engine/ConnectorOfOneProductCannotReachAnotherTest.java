package dev.tourmaline.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.sink.CallbackSink;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ConnectorOfOneProductCannotReachAnotherTest {

  private static final RuleSet ANY_VIEW =
      RuleSet.of(
          "test.drl",
          "rule \"View\" @flow(\"f\") when $a : Action( pageview ) then tours.offer($a, \"\"); end");

  private final Connector own = new Connector("prod_own");
  private final Connector other = new Connector("prod_other");
  private final List<Decision> decisions = new CopyOnWriteArrayList<>();
  private final List<TourTrigger> shown = new CopyOnWriteArrayList<>();
  private final List<TriggerEvent> inbound = new CopyOnWriteArrayList<>();
  private final List<DecodeResult.Rejected> rejected = new CopyOnWriteArrayList<>();

  private TourEngine start() {
    return TourEngine.builder(ANY_VIEW)
        .source(own)
        .source(other)
        .sink(CallbackSink.of("browser", shown::add))
        .listener(
            new EngineListener() {
              @Override
              public void decided(Decision decision) {
                decisions.add(decision);
              }

              @Override
              public void inboundTrigger(TriggerEvent event) {
                inbound.add(event);
              }

              @Override
              public void rejected(DecodeResult.Rejected why) {
                rejected.add(why);
              }
            })
        .build();
  }

  @Test
  void itsFramesAreRejectedAndCounted() {
    TourEngine engine = start();
    other.send(view("prod_own", "victim"));
    other.send(
        "{\"type\":\"summary\",\"product_id\":\"prod_own\",\"session_id\":\"victim\","
            + "\"summary\":\"is lost\"}");
    other.send(
        "{\"type\":\"usertour_trigger\",\"product_id\":\"prod_own\",\"session_id\":\"victim\","
            + "\"flow_id\":\"f\"}");
    engine.close();

    assertThat(decisions).isEmpty();
    assertThat(shown).isEmpty();
    assertThat(inbound).isEmpty();
    assertThat(engine.stats().sessions()).isZero();
    assertThat(engine.stats().frames()).isEqualTo(3);
    assertThat(engine.stats().rejected()).isEqualTo(Map.of(RejectReason.OTHER_PRODUCT, 3L));
    assertThat(rejected)
        .first()
        .extracting(DecodeResult.Rejected::detail)
        .isEqualTo(
            "product_id is prod_own; right would be prod_other, which source wire:prod_other carries");
  }

  @Test
  void eachConnectorReachesItsOwn() {
    TourEngine engine = start();
    own.send(view("prod_own", "s1"));
    other.send(view("prod_other", "s1"));
    engine.close();

    assertThat(decisions)
        .extracting(decision -> decision.offer().session().productId())
        .containsExactlyInAnyOrder("prod_own", "prod_other");
    assertThat(engine.stats().rejected()).isEmpty();
  }

  @Test
  void anActionCannotClaimAProductOfItsOwn() {
    TourEngine engine = start();
    other.send(
        view("prod_other", "s1").replace("\"index\"", "\"product_id\":\"prod_own\",\"index\""));
    engine.close();

    assertThat(decisions)
        .extracting(decision -> decision.offer().session().productId())
        .containsExactly("prod_other");
  }

  @Test
  void anIdThatLooksAlmostTheSameIsAnother() {
    TourEngine engine = start();
    List.of("prod_own ", "PROD_OWN", "prod_own\\u0000").forEach(id -> own.send(view(id, "s1")));
    own.send(view("jane@example.com\\nfake line", "s1"));
    engine.close();

    assertThat(engine.stats().rejected()).isEqualTo(Map.of(RejectReason.OTHER_PRODUCT, 4L));
    assertThat(rejected)
        .extracting(DecodeResult.Rejected::detail)
        .asInstanceOf(LIST)
        .last()
        .asString()
        .startsWith("product_id is a text of 26 characters; right would be prod_own");
  }

  @Test
  void aFrameWithoutAProductReachesNobody() {
    TourEngine engine = start();
    own.send(view("", "s1"));
    engine.close();

    assertThat(decisions).isEmpty();
    assertThat(engine.stats().unroutable()).isOne();
  }

  private static String view(String product, String session) {
    return """
        {"type":"actions","product_id":"%s","session_id":"%s","count":1,"forwarded_at":%d,
         "actions":[{"index":0,"type":"pageview","title":"Page Load: Pricing",
          "timestamp_start":%2$d,"timestamp_end":%2$d,"canonical_url":"https://a.b/pricing"}]}
        """
        .replace("%2$d", "%d")
        .formatted(product, session, now(), now(), now());
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  /** A source whose upstream sends what it likes. */
  private record Connector(String productId, List<FrameReceiver> receivers) implements EventSource {

    Connector(String productId) {
      this(productId, new CopyOnWriteArrayList<>());
    }

    void send(String frame) {
      receivers.get(0).receive(frame.getBytes(UTF_8));
    }

    @Override
    public String name() {
      return "wire:" + productId;
    }

    @Override
    public void start(FrameReceiver frames, SourceListener listener) {
      receivers.add(frames);
      listener.stateChanged(this, new SourceState.Open());
    }

    @Override
    public void close() {}
  }
}
