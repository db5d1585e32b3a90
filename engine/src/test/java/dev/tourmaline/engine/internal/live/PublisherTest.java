package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.MutableClock;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.InMemoryLedger;
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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a trigger's slot, by what its sinks answer. */
class PublisherTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey SESSION = new SessionKey("prod", "s1");
  private static final Duration TTL = Duration.ofSeconds(30);

  private final MutableClock clock = new MutableClock(T0);
  private final PolicyMemory policy = new PolicyMemory(TriggerPolicy.defaults());
  private final Queue<Delivery> answers = new ConcurrentLinkedQueue<>();
  private final List<TourTrigger> delivered = new CopyOnWriteArrayList<>();
  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Timer timer = new Timer();
  private volatile Optional<CompletableFuture<Delivery>> unanswered = Optional.empty();
  private final UncaughtFaults faults = new UncaughtFaults(new Listeners(List.of(), clock), clock);
  private final SinkWorkers sinks = new SinkWorkers(List.of(new Browser()), clock, timer, faults);
  private final Publisher publisher = publisher();

  /** Keeps what is scheduled until the test lets the time pass. */
  private static final class Timer extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> scheduled = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> periodic = new ConcurrentLinkedQueue<>();

    Timer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      scheduled.add(task);
      return super.schedule(() -> {}, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long first, long delay, TimeUnit unit) {
      periodic.add(task);
      return super.schedule(() -> {}, 0, unit);
    }

    void tick() {
      periodic.forEach(Runnable::run);
    }

    void elapse() {
      scheduled.remove().run();
    }
  }

  /** A browser: reports what it has shown. */
  private final class Browser implements TriggerSink {
    @Override
    public String name() {
      return "browser";
    }

    @Override
    public boolean givesFeedback() {
      return true;
    }

    @Override
    public Optional<Duration> timeToLive() {
      return Optional.of(TTL);
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      delivered.add(trigger);
      return unanswered.isPresent()
          ? unanswered.get()
          : CompletableFuture.completedStage(answers.remove());
    }
  }

  private Publisher publisher() {
    Listeners nobody = new Listeners(List.of(), clock);
    return new Publisher(sinks, ledger, nobody, Checks.of(policy, timer, clock));
  }

  @AfterEach
  void close() throws InterruptedException {
    Deadline deadline = Deadline.in(Duration.ofSeconds(5));
    sinks.drain(deadline);
    timer.shutdownNow();
    sinks.close(deadline);
  }

  private Decision judge(String id) {
    Offer offer = new Offer(id, SESSION, "u1", "rule", "tour", 50, 0, "", clock.instant());
    return policy.judge(List.of(offer), clock.instant()).get(0);
  }

  private TourTrigger admitted(String id) {
    assertThat(judge(id)).isInstanceOf(Decision.Admitted.class);
    return trigger(id, "u1");
  }

  private TourTrigger trigger(String id, String user) {
    return TourTrigger.ofRule(
        new Offer(id, SESSION, user, "rule", "tour", 50, 0, "", clock.instant()), clock.instant());
  }

  @Test
  void theSlotOfATourThatNobodyReportedShownIsFreeAfterTwoMinutes() {
    sinks.start();
    publisher.start();
    answers.add(new Delivery.Delivered());
    publisher.publish(admitted("a"));
    // The sink has one thread: the answer for one trigger is settled before it gets the next.
    answers.add(new Delivery.Delivered());
    publisher.publish(trigger("next", "u2"));
    Awaitility.await().until(() -> delivered.size() == 2);
    clock.advance(Duration.ofMinutes(2).minusMillis(1));
    timer.tick();
    assertThat(judge("b"))
        .as("while it may still be shown")
        .isInstanceOf(Decision.Suppressed.class);
    clock.advance(Duration.ofMillis(1));
    timer.tick();
    assertThat(judge("c")).as("nobody has seen it").isInstanceOf(Decision.Admitted.class);
  }

  @Test
  void aTriggerPastItsTimeToLiveIsNotDeliveredAndFreesItsSlot() {
    TourTrigger trigger = admitted("a");
    clock.advance(TTL.plusMillis(1));
    sinks.start();
    publisher.start();
    publisher.publish(trigger);
    Awaitility.await().until(() -> judge("b") instanceof Decision.Admitted);
    assertThat(delivered).isEmpty();
  }

  @Test
  void aTriggerIsDeliveredUntilTheEndOfItsTimeToLive() {
    answers.add(new Delivery.Delivered());
    TourTrigger trigger = admitted("a");
    clock.advance(TTL);
    sinks.start();
    publisher.start();
    publisher.publish(trigger);
    Awaitility.await().until(() -> delivered.size() == 1);
  }

  @Test
  void aSinkIsAskedTenTimesAndThenTheSlotIsFree() {
    for (int i = 0; i < 20; i++) {
      answers.add(new Delivery.Retry(Duration.ofSeconds(1), "busy"));
    }
    sinks.start();
    publisher.start();
    publisher.publish(admitted("a"));
    for (int tries = 1; tries < 10; tries++) {
      Awaitility.await().until(() -> !timer.scheduled.isEmpty());
      assertThat(judge("b" + tries)).isInstanceOf(Decision.Suppressed.class);
      timer.elapse();
    }
    Awaitility.await().until(() -> judge("c") instanceof Decision.Admitted);
    assertThat(delivered).hasSize(10);
    assertThat(timer.scheduled).isEmpty();
  }

  @Test
  void noMoreTriggersWaitForAnotherTryThanAQueueHolds() {
    sinks.start();
    publisher.start();
    for (int i = 0; i < 10_001; i++) {
      answers.add(new Delivery.Retry(Duration.ofDays(1), "down until tomorrow"));
    }
    for (int i = 0; i < 10_001; i++) {
      if (i == 5_000) {
        Awaitility.await().until(() -> delivered.size() == 5_000);
      }
      publisher.publish(trigger("t" + i, "u" + i));
    }
    Awaitility.await().until(() -> ledger.deliveries("t10000").containsKey("browser"));
    assertThat(timer.scheduled).hasSize(10_000);
    assertThat(ledger.deliveries("t10000"))
        .containsEntry(
            "browser",
            new Delivery.Refused("10000 triggers wait to be tried again: down until tomorrow"));
    assertThat(ledger.deliveries("t9999").get("browser")).isInstanceOf(Delivery.Retry.class);
    answers.add(new Delivery.Delivered());
    timer.elapse();
    Awaitility.await().until(() -> delivered.size() == 10_002);
  }

  @Test
  void aSinkThatNeverAnswersHoldsASlotForItsTimeToLiveAndAMinute() {
    CompletableFuture<Delivery> never = new CompletableFuture<>();
    unanswered = Optional.of(never);
    sinks.start();
    publisher.start();
    publisher.publish(admitted("a"));
    Awaitility.await().until(() -> !timer.scheduled.isEmpty());
    assertThat(judge("b")).isInstanceOf(Decision.Suppressed.class);
    timer.elapse();
    assertThat(judge("c")).isInstanceOf(Decision.Admitted.class);
    never.complete(new Delivery.Delivered());
    assertThat(judge("d")).as("c has the slot").isInstanceOf(Decision.Suppressed.class);
  }
}
