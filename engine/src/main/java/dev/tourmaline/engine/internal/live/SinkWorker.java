package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * A bulkhead around a sink: a bounded queue with one consumer thread, fair to the products that
 * share the sink. Retries ten times at most, within the time to live; as many triggers as the queue
 * holds may wait for that.
 */
final class SinkWorker {

  private static final int QUEUE = 10_000;
  private static final int TRIES = 10;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(1);

  /** Beyond its time to live, if it has one. */
  private static final Duration NO_ANSWER_AFTER = Duration.ofSeconds(60);

  private final TriggerSink sink;
  private final InstantSource clock;
  private final ScheduledExecutorService scheduler;
  private final FairQueue<Job> queue = new FairQueue<>(QUEUE);
  private final SinkOutage outage;
  private final AtomicInteger open = new AtomicInteger();
  private final FairShares waiting = new FairShares(QUEUE);
  private final ThrottledLog log;
  private final Loop loop;
  private volatile boolean closing;

  private record Job(
      TourTrigger trigger,
      PreDeliveryCheck check,
      Consumer<Delivery> outcome,
      int tries,
      boolean cleared) {

    String productId() {
      return trigger.session().productId();
    }

    Job again() {
      return new Job(trigger, check, outcome, tries + 1, false);
    }

    Job afterCheck() {
      return new Job(trigger, check, outcome, tries, true);
    }
  }

  SinkWorker(
      TriggerSink sink,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      UncaughtFaults faults) {
    this.sink = sink;
    this.clock = clock;
    this.scheduler = scheduler;
    this.outage = new SinkOutage(sink.name(), clock);
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

  /**
   * Enqueues a trigger. Never blocks.
   *
   * @param checks whom to ask once more: its product's policy
   * @param outcome told the answer of each attempt
   */
  void put(TourTrigger trigger, PolicyCheck.Sources checks, Consumer<Delivery> outcome) {
    open.incrementAndGet();
    PreDeliveryCheck check = checks.of(trigger, !sink.checksPlace());
    put(new Job(trigger, check, outcome, 1, false));
  }

  private void put(Job job) {
    if (!queue.offer(job.productId(), job)) {
      lose(job, "the sink is " + QUEUE + " triggers behind");
    }
  }

  private void putAgain(Job job) {
    waiting.leave(job.productId());
    put(job);
  }

  private void lose(Job job, String why) {
    outage.lost(job.trigger(), why);
    end(job, new Delivery.Refused(why));
  }

  private void end(Job job, Delivery delivery) {
    open.decrementAndGet();
    job.outcome().accept(delivery);
  }

  private boolean round() throws InterruptedException {
    Optional<Job> next = queue.poll(100);
    next.ifPresent(this::serve);
    return !closing || !queue.isEmpty();
  }

  /**
   * Asks once more about a trigger that had to wait, without waiting for the answer, which comes in
   * time whatever the lanes do: the other products' triggers go on.
   */
  private void serve(Job job) {
    if (isExpired(job.trigger()) || job.cleared() || !hasWaited(job)) {
      try {
        deliver(job);
      } finally {
        queue.done(job.productId());
      }
      return;
    }
    job.check()
        .objection()
        .whenComplete(
            (objection, failure) -> {
              if (failure == null && objection.isEmpty()) {
                queue.putBack(job.productId(), job.afterCheck());
              } else {
                String why = failure == null ? objection.get() : "the last check failed";
                end(job, new Delivery.Withdrawn(why));
                queue.done(job.productId());
              }
            });
  }

  private void deliver(Job job) {
    if (isExpired(job.trigger())) {
      if (job.tries() > 1) {
        outage.lost(job.trigger(), "its time to live ran out between tries");
      }
      end(job, new Delivery.Expired());
      return;
    }
    try {
      CompletableFuture<Delivery> answer =
          sink.deliver(job.trigger(), job.check())
              .thenApply(Function.identity())
              .toCompletableFuture();
      limit(answer);
      answer.whenComplete(
          (delivery, failure) -> {
            if (failure == null) {
              settle(job, delivery);
            } else {
              settle(job, retry(failure));
            }
          });
    } catch (OutOfMemoryError e) {
      settle(job, retry(e));
      throw e;
    } catch (Throwable e) {
      // The sink's outermost guard.
      settle(job, retry(e));
    }
  }

  /** A sink that takes triggers as they come need not ask again what was decided just now. */
  private boolean hasWaited(Job job) {
    Instant soon = job.trigger().decidedAt().plus(SOON);
    return job.tries() > 1 || clock.instant().isAfter(soon);
  }

  /** Gives up an answer that does not come, so that its trigger holds no slot for ever. */
  private void limit(CompletableFuture<Delivery> answer) {
    if (answer.isDone()) {
      return;
    }
    Duration most = NO_ANSWER_AFTER.plus(sink.timeToLive().orElse(Duration.ZERO));
    Delivery none = new Delivery.Refused("no answer within " + most.toSeconds() + " s");
    Runnable giveUp = () -> answer.complete(none);
    Future<?> limit = scheduler.schedule(giveUp, most.toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete((delivery, failure) -> limit.cancel(false));
  }

  private static Delivery retry(Throwable e) {
    return new Delivery.Retry(RETRY_AFTER_FAILURE, e.toString());
  }

  private void settle(Job job, Delivery delivery) {
    if (!(delivery instanceof Delivery.Retry retry)) {
      if (delivery instanceof Delivery.Delivered) {
        outage.delivered();
      }
      end(job, delivery);
      return;
    }
    outage.failed(retry.why());
    if (job.tries() >= TRIES) {
      lose(job, "gave up after " + TRIES + " tries: " + retry.why());
      return;
    }
    if (!waiting.enter(job.productId())) {
      lose(job, QUEUE + " triggers wait to be tried again: " + retry.why());
      return;
    }
    job.outcome().accept(retry);
    Job again = job.again();
    try {
      scheduler.schedule(() -> putAgain(again), retry.after().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      lose(job, "the engine is closing");
    }
  }

  private boolean isExpired(TourTrigger trigger) {
    return sink.timeToLive()
        .map(ttl -> clock.instant().isAfter(trigger.decidedAt().plus(ttl)))
        .orElse(false);
  }

  /** Waits until the queue is empty; {@return how many triggers are on their way then} */
  int drain(Deadline deadline) throws InterruptedException {
    closing = true;
    boolean ended = loop.awaitEnd(deadline);
    outage.end(open.get());
    return ended ? open.get() : Math.max(1, open.get());
  }
}
