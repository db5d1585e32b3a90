package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Fans a product's admitted triggers out to the sinks, each on a thread of its own, and confirms or
 * releases the policy's slots by the outcomes. Thread-safe.
 */
final class Publisher {

  private static final long LOOK_MILLIS = 1_000;

  private final SinkWorkers sinks;
  private final PolicyCheck.Sources checks;
  private final PolicyMemory policy;
  private final TriggerLedger ledger;
  private final Listeners listeners;
  private final InstantSource clock;
  private final ScheduledExecutorService scheduler;
  private final UnseenTriggers unseen = new UnseenTriggers();

  Publisher(
      SinkWorkers sinks, TriggerLedger ledger, Listeners listeners, PolicyCheck.Sources checks) {
    this.sinks = sinks;
    this.checks = checks;
    this.policy = checks.policy();
    this.ledger = ledger;
    this.listeners = listeners;
    this.clock = checks.clock();
    this.scheduler = checks.scheduler();
  }

  /** {@return the longest time to live of the sinks that have one; zero without any} */
  Duration longestTimeToLive() {
    return sinks.longestTimeToLive();
  }

  void start() {
    scheduler.scheduleWithFixedDelay(
        this::releaseUnseen, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Releases the slots of triggers that nobody has reported shown in time. */
  private void releaseUnseen() {
    unseen.expire(clock.instant(), policy::release);
  }

  /** Hands a trigger to every sink that wants its kind. Never blocks. */
  void publish(TourTrigger trigger) {
    List<SinkWorker> accepting = sinks.accepting(trigger.origin());
    boolean reported = accepting.stream().anyMatch(worker -> worker.sink().givesFeedback());
    Outcome outcome = new Outcome(trigger, reported, accepting.size());
    if (accepting.isEmpty()) {
      policy.confirm(trigger, clock.instant());
    }
    for (SinkWorker worker : accepting) {
      worker.put(trigger, checks, delivery -> outcome.of(worker.sink(), delivery));
    }
  }

  /** The outcome of one trigger over all its sinks. */
  private final class Outcome {

    private final TourTrigger trigger;
    private final boolean reported;
    private int open;
    private boolean arrived;

    Outcome(TourTrigger trigger, boolean reported, int open) {
      this.trigger = trigger;
      this.reported = reported;
      this.open = open;
    }

    void of(TriggerSink sink, Delivery delivery) {
      ledger.mark(trigger, sink.name(), delivery);
      listeners.tell(listener -> listener.delivered(trigger, sink.name(), delivery));
      if (delivery instanceof Delivery.Retry) {
        return;
      }
      settle(delivery instanceof Delivery.Delivered && (sink.givesFeedback() || !reported));
    }

    private synchronized void settle(boolean here) {
      open--;
      if (here && !arrived) {
        arrived = true;
        if (reported) {
          unseen.add(trigger, clock.instant()).ifPresent(policy::release);
        } else {
          policy.confirm(trigger, clock.instant());
        }
      }
      if (open == 0 && !arrived) {
        policy.release(trigger);
      }
    }
  }
}
