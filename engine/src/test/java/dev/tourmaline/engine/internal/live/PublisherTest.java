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
import java.util.ArrayDeque;
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
  private final Queue<Delivery> answers = new ArrayDeque<>();
  private final List<TourTrigger> delivered = new CopyOnWriteArrayList<>();
  private final Timer timer = new Timer();
  private final UncaughtFaults faults = new UncaughtFaults(new Listeners(List.of(), clock), clock);
  private final Publisher publisher = publisher();

  /** Keeps what is scheduled until the test lets the time pass. */
  private static final class Timer extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> scheduled = new ConcurrentLinkedQueue<>();
    private final Queue<Long> delays = new ConcurrentLinkedQueue<>();

    Timer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      scheduled.add(task);
      delays.add(unit.toMillis(delay));
      return super.schedule(() -> {}, 0, unit);
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
      return CompletableFuture.completedStage(answers.remove());
    }
  }

  private Publisher publisher() {
    Listeners nobody = new Listeners(List.of(), clock);
    return new Publisher(
        List.of(new Browser()), policy, new InMemoryLedger(), nobody, clock, timer, faults);
  }

  @AfterEach
  void close() throws InterruptedException {
    Deadline deadline = Deadline.in(Duration.ofSeconds(5));
    publisher.close(deadline, deadline);
  }

  private Decision judge(String id) {
    Offer offer = new Offer(id, SESSION, "u1", "rule", "tour", 50, 0, "", clock.instant());
    return policy.judge(List.of(offer), clock.instant()).get(0);
  }

  private TourTrigger admitted(String id) {
    assertThat(judge(id)).isInstanceOf(Decision.Admitted.class);
    return TourTrigger.ofRule(
        new Offer(id, SESSION, "u1", "rule", "tour", 50, 0, "", clock.instant()), clock.instant());
  }

  @Test
  void theSlotOfATourThatNobodyReportedShownIsFreeAfterTwoMinutes() {
    answers.add(new Delivery.Delivered());
    TourTrigger trigger = admitted("a");
    publisher.start();
    publisher.publish(trigger);
    Awaitility.await().until(() -> !timer.scheduled.isEmpty());
    assertThat(timer.delays).containsExactly(120_000L);
    assertThat(judge("b"))
        .as("while it may still be shown")
        .isInstanceOf(Decision.Suppressed.class);
    timer.elapse();
    assertThat(judge("c")).as("nobody has seen it").isInstanceOf(Decision.Admitted.class);
  }

  @Test
  void aTriggerPastItsTimeToLiveIsNotDeliveredAndFreesItsSlot() {
    TourTrigger trigger = admitted("a");
    clock.advance(TTL.plusMillis(1));
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
    publisher.start();
    publisher.publish(trigger);
    Awaitility.await().until(() -> delivered.size() == 1);
  }

  @Test
  void aSinkIsAskedTenTimesAndThenTheSlotIsFree() {
    for (int i = 0; i < 20; i++) {
      answers.add(new Delivery.Retry(Duration.ofSeconds(1), "busy"));
    }
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
}
