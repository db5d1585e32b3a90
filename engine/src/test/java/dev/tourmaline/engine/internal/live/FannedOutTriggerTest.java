package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.MutableClock;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** What becomes of a trigger's slot where several sinks answer, or none. */
class FannedOutTriggerTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey SESSION = new SessionKey("prod", "s1");
  private static final Delivery DELIVERED = new Delivery.Delivered();
  private static final Delivery REFUSED = new Delivery.Refused("no");

  private final MutableClock clock = new MutableClock(T0);
  private final PolicyMemory policy =
      new PolicyMemory(
          TriggerPolicy.builder().betweenTours(Duration.ZERO).perUserPerDay(2).build());
  private final InMemoryLedger ledger = new InMemoryLedger();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private int offers;
  private final TourTrigger trigger = admitted("tour");

  private record Sink(String name, boolean givesFeedback, Delivery answer) implements TriggerSink {
    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      return CompletableFuture.completedStage(answer);
    }
  }

  private static Sink browser(Delivery answer) {
    return new Sink("browser", true, answer);
  }

  private static Sink file(Delivery answer) {
    return new Sink("file", false, answer);
  }

  private Decision judge(String flow) {
    Offer offer = Offer.withoutRule("id" + offers++, SESSION, "u", flow, "", clock.instant());
    return policy.judge(offer, clock.instant(), TourTrigger.Origin.RULE, false);
  }

  private TourTrigger admitted(String flow) {
    return ((Decision.Admitted) judge(flow)).trigger();
  }

  /** Publishes the trigger, and waits until the sinks have answered. */
  private void publish(TriggerSink... sinks) throws InterruptedException {
    EngineListener listener =
        new EngineListener() {
          @Override
          public void delivered(TourTrigger of, String sink, Delivery delivery) {
            told.add(of.flowId() + " " + delivery.word() + " by " + sink);
          }
        };
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    UncaughtFaults faults = new UncaughtFaults(new Listeners(List.of(), clock), clock);
    SinkWorkers workers = new SinkWorkers(List.of(sinks), clock, timer, faults);
    Listeners listeners = new Listeners(List.of(listener), clock);
    Publisher publisher =
        new Publisher(workers, ledger, listeners, Checks.of(policy, timer, clock));
    workers.start();
    publisher.publish(trigger);
    Deadline deadline = Deadline.in(Duration.ofSeconds(10));
    assertThat(workers.drain(deadline)).isEmpty();
    assertThat(workers.close(deadline)).isEmpty();
    timer.shutdownNow();
  }

  private boolean isFree() {
    return judge("tour") instanceof Decision.Admitted;
  }

  private boolean runs() {
    return judge("another") instanceof Decision.Suppressed held
        && held.reason() == Decision.Reason.TOUR_RUNNING;
  }

  @Test
  void aTourThatNoSinkTakesCountsAsShown() throws Exception {
    publish();
    assertThat(runs()).isTrue();
  }

  @Test
  void aTourDeliveredWhereNobodyReportsCountsAsShown() throws Exception {
    publish(file(REFUSED), file(DELIVERED));
    assertThat(runs()).isTrue();
  }

  @Test
  void aTourDeliveredToABrowserIsNotShownBeforeItSaysSo() throws Exception {
    publish(browser(DELIVERED), file(DELIVERED));
    assertThat(runs()).isFalse();
    assertThat(isFree()).isFalse();
  }

  @Test
  void aTourThatTheBrowserRefusedIsFreeThoughAFileTookIt() throws Exception {
    publish(file(DELIVERED), browser(REFUSED));
    assertThat(isFree()).isTrue();
  }

  @Test
  void aTourThatOneOfTwoBrowsersTookIsKept() throws Exception {
    publish(browser(DELIVERED), browser(REFUSED));
    assertThat(isFree()).isFalse();
  }

  @Test
  void eachSinksAnswerIsRecordedAndTold() throws Exception {
    publish(browser(REFUSED), file(DELIVERED));
    assertThat(ledger.deliveries(trigger.id()))
        .containsOnlyKeys("browser", "file")
        .containsEntry("browser", REFUSED)
        .containsEntry("file", DELIVERED);
    assertThat(told).containsExactlyInAnyOrder("tour refused by browser", "tour delivered by file");
  }

  @Test
  void aTriggerThatIsTriedAgainWhenTheEngineClosesFreesItsSlot() throws Exception {
    Delivery busy = new Delivery.Retry(Duration.ofDays(1), "busy");
    ScheduledThreadPoolExecutor closed = new ScheduledThreadPoolExecutor(1);
    closed.shutdown();
    UncaughtFaults faults = new UncaughtFaults(new Listeners(List.of(), clock), clock);
    SinkWorker worker = new SinkWorker(file(busy), clock, closed, faults);
    worker.start();
    worker.put(
        trigger, Checks.of(policy, closed, clock), delivery -> told.add(delivery.toString()));

    assertThat(worker.drain(Deadline.in(Duration.ofSeconds(10)))).isZero();
    assertThat(told).last().asString().contains("the engine is closing");
  }
}
