package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A bulkhead around a sink: a bounded queue with one consumer thread. Retries ten times at most,
 * within the time to live.
 */
final class SinkWorker {

  private static final int QUEUE = 10_000;
  private static final int TRIES = 10;
  private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(1);

  private final TriggerSink sink;
  private final InstantSource clock;
  private final ScheduledExecutorService scheduler;
  private final PolicyMemory policy;
  private final ThrottledLog log;
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Loop loop;
  private volatile boolean closing;

  private record Job(TourTrigger trigger, Consumer<Delivery> outcome, int tries) {}

  SinkWorker(
      TriggerSink sink,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      PolicyMemory policy,
      UncaughtFaults faults) {
    this.sink = sink;
    this.clock = clock;
    this.scheduler = scheduler;
    this.policy = policy;
    this.log = new ThrottledLog(LoggerFactory.getLogger(SinkWorker.class), clock);
    this.loop = new Loop("tourmaline-sink-" + sink.name(), this::round, faults);
  }

  TriggerSink sink() {
    return sink;
  }

  Loop loop() {
    return loop;
  }

  /** Whether the sink wants such triggers; one that cannot say so gets none. */
  boolean accepts(TourTrigger.Origin origin) {
    try {
      return sink.accepts(origin);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      log.warn("failures of accepts()", "sink {} failed to say what it accepts", sink.name(), e);
      return false;
    }
  }

  void start() {
    loop.start();
  }

  void put(TourTrigger trigger, Consumer<Delivery> outcome) {
    put(new Job(trigger, outcome, 1));
  }

  private void put(Job job) {
    if (!queue.offer(job)) {
      log.warn(
          "triggers lost by a sink that is behind",
          "sink {} is {} triggers behind and loses {}",
          sink.name(),
          QUEUE,
          job.trigger().id());
      job.outcome().accept(new Delivery.Refused("the sink is " + QUEUE + " triggers behind"));
    }
  }

  private boolean round() throws InterruptedException {
    Job job = queue.poll(100, TimeUnit.MILLISECONDS);
    if (job != null) {
      deliver(job);
    }
    return !closing || !queue.isEmpty();
  }

  private void deliver(Job job) {
    if (isExpired(job.trigger())) {
      job.outcome().accept(new Delivery.Expired());
      return;
    }
    PreDeliveryCheck check = () -> policy.objection(job.trigger(), clock.instant());
    try {
      sink.deliver(job.trigger(), check)
          .whenComplete(
              (delivery, failure) -> {
                if (failure == null) {
                  settle(job, delivery);
                } else {
                  settle(job, failed(failure));
                }
              });
    } catch (OutOfMemoryError e) {
      settle(job, failed(e));
      throw e;
    } catch (Throwable e) {
      // The sink's outermost guard.
      settle(job, failed(e));
    }
  }

  private Delivery failed(Throwable e) {
    log.warn("failures of deliveries", "sink {} failed: {}", sink.name(), e.toString());
    return new Delivery.Retry(RETRY_AFTER_FAILURE, e.getClass().getSimpleName());
  }

  private void settle(Job job, Delivery delivery) {
    if (!(delivery instanceof Delivery.Retry retry)) {
      job.outcome().accept(delivery);
      return;
    }
    if (job.tries() >= TRIES) {
      job.outcome()
          .accept(new Delivery.Refused("gave up after " + TRIES + " tries: " + retry.why()));
      return;
    }
    job.outcome().accept(retry);
    Job again = new Job(job.trigger(), job.outcome(), job.tries() + 1);
    try {
      scheduler.schedule(() -> put(again), retry.after().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      job.outcome().accept(new Delivery.Refused("the engine is closing"));
    }
  }

  private boolean isExpired(TourTrigger trigger) {
    return sink.timeToLive()
        .map(ttl -> clock.instant().isAfter(trigger.decidedAt().plus(ttl)))
        .orElse(false);
  }

  /** Waits until the queue is empty; {@return how many triggers are left in it then} */
  int drain(Deadline deadline) throws InterruptedException {
    closing = true;
    return loop.awaitEnd(deadline) ? 0 : Math.max(1, queue.size());
  }
}
