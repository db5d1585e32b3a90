package dev.tourmaline.adapter.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.Delivery.Delivered;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TourTrigger.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link TriggerSink} promises. Extend it with a real receiver on loopback. */
@Timeout(60)
public abstract class TriggerSinkContract {

  private static final Duration SOON = Duration.ofSeconds(10);

  private @Nullable TriggerSink sink;

  /** Makes the contract. */
  protected TriggerSinkContract() {}

  /**
   * {@return a new sink whose receiver is ready for {@link #session()}}
   *
   * @throws Exception if the receiver cannot be set up
   */
  protected abstract TriggerSink newSink() throws Exception;

  /**
   * {@return the flow ids that the receiver has got so far, in order of arrival}
   *
   * @throws Exception if the receiver cannot be read
   */
  protected abstract List<String> receivedFlows() throws Exception;

  /** {@return the session that the triggers are for} */
  protected SessionKey session() {
    return new SessionKey("prod_abc", "ps_abc123");
  }

  /**
   * {@return whether the sink itself drops an id that it delivered before; default true. A sink
   * whose receiver does so, by the id, answers false}
   */
  protected boolean dropsRepeats() {
    return true;
  }

  @AfterEach
  void closeTheSink() {
    if (sink != null) {
      sink.close();
    }
  }

  @Test
  void namesItselfAndItsTimeToLive() throws Exception {
    sink = newSink();
    assertThat(sink.name()).isNotBlank().isEqualTo(sink.name());
    assertThat(sink.timeToLive().orElse(Duration.ofSeconds(1))).isPositive();
  }

  @Test
  void deliversEachTriggerOnceAndInOrder() throws Exception {
    sink = newSink();
    List<String> flows = IntStream.range(0, 20).mapToObj(i -> "tour_" + i).toList();
    for (String flow : flows) {
      assertThat(deliver(trigger("id_" + flow, flow))).isEqualTo(new Delivered());
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(receivedFlows()).isEqualTo(flows));
  }

  @Test
  void theSameIdAgainIsDeliveredOnce() throws Exception {
    assumeTrue(dropsRepeats());
    sink = newSink();
    assertThat(deliver(trigger("id_1", "tour_a"))).isEqualTo(new Delivered());
    assertThat(deliver(trigger("id_1", "tour_a"))).isEqualTo(new Delivered());
    assertThat(deliver(trigger("id_2", "tour_b"))).isEqualTo(new Delivered());
    await().atMost(SOON).until(() -> receivedFlows().contains("tour_b"));
    assertThat(receivedFlows()).containsExactly("tour_a", "tour_b");
  }

  @Test
  void awkwardTextArrivesUnchanged() throws Exception {
    sink = newSink();
    String flow = "tour \"quoted\" \\ line\nbreak \u2028 日本 😀 </script>";
    assertThat(deliver(trigger("id_1", flow))).isEqualTo(new Delivered());
    await().atMost(SOON).untilAsserted(() -> assertThat(receivedFlows()).containsExactly(flow));
  }

  @Test
  void anInboundTriggerIsSentToBrowsersOnly() throws Exception {
    sink = newSink();
    assertThat(sink.accepts(Origin.RULE)).isTrue();
    if (sink.accepts(Origin.INBOUND)) {
      assertThat(sink.givesFeedback()).as("only browsers take inbound triggers").isTrue();
    }
  }

  @Test
  void closingItAgainDoesNothing() throws Exception {
    sink = newSink();
    sink.close();
    sink.close();
  }

  /**
   * {@return what became of a trigger, once the sink has answered}
   *
   * @param trigger the trigger
   * @throws Exception if the sink does not answer within ten seconds, or its stage fails
   */
  protected final Delivery deliver(TourTrigger trigger) throws Exception {
    PreDeliveryCheck welcome = () -> CompletableFuture.completedStage(Optional.empty());
    return Objects.requireNonNull(sink, "a test makes its sink first")
        .deliver(trigger, welcome)
        .toCompletableFuture()
        .get(SOON.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * {@return a trigger by a rule, decided at {@link FakeClock#START}}
   *
   * @param id its id
   * @param flow its flow
   */
  protected final TourTrigger trigger(String id, String flow) {
    Offer offer =
        new Offer(
            id,
            session(),
            "distinct_id_xyz",
            "Billing revisited",
            flow,
            80,
            0,
            "third visit to billing within ten minutes",
            FakeClock.START);
    return TourTrigger.ofRule(offer, FakeClock.START);
  }
}
