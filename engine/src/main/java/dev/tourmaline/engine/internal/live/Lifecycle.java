package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lifecycle of an engine's stages. Starts them downstream first (sinks, lanes, sources) and
 * stops them upstream first, each by a deadline of its own; time that one stage leaves goes to the
 * next. Thread-safe.
 */
final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** The parts of the time to close: a fifth for sources, one for closing sinks. */
  private static final int PARTS = 5;

  private final List<EventSource> sources;
  private final SourceOutages outages;
  private final List<Lanes> products = new CopyOnWriteArrayList<>();
  private final List<Publisher> publishers = new CopyOnWriteArrayList<>();
  private final Watchdog watchdog;
  private final SinkWorkers sinks;
  private final ScheduledExecutorService scheduler;
  private final UncaughtFaults faults;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<CloseReport> report = new CompletableFuture<>();
  private volatile boolean closed;

  Lifecycle(
      List<EventSource> sources,
      SourceOutages outages,
      Watchdog watchdog,
      SinkWorkers sinks,
      ScheduledExecutorService scheduler,
      UncaughtFaults faults) {
    this.sources = sources;
    this.outages = outages;
    this.watchdog = watchdog;
    this.sinks = sinks;
    this.scheduler = scheduler;
    this.faults = faults;
  }

  /** Adds the stages of a product, before the start. */
  void add(Lanes lanes, Publisher publisher) {
    products.add(lanes);
    publishers.add(publisher);
  }

  /**
   * Starts the stages.
   *
   * @param frames what takes the frames of each source
   */
  void start(Function<EventSource, FrameReceiver> frames) {
    sinks.start();
    publishers.forEach(Publisher::start);
    products.forEach(Lanes::start);
    watchdog.start();
    for (EventSource source : sources) {
      FrameReceiver own = frames.apply(source);
      source.start(frame -> receive(own, frame), outages);
    }
  }

  /** Drops a frame that arrives while its source is being closed. */
  private void receive(FrameReceiver frames, byte[] frame) {
    try {
      frames.receive(frame);
    } catch (IllegalStateException e) {
      LOG.debug("a frame came while its source was being closed: {}", e.getMessage());
    } catch (OutOfMemoryError e) {
      faults.report(Thread.currentThread().getName(), e);
      throw e;
    }
  }

  /**
   * Checks that the engine is open. What is enqueued while it closes is evaluated or fails.
   *
   * @throws IllegalStateException if it is closed
   */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }

  /** The names of threads that should run and do not. */
  List<String> deadThreads() {
    List<String> dead = new ArrayList<>();
    if (closing.get()) {
      return dead;
    }
    products.stream()
        .flatMap(lanes -> lanes.all().stream())
        .map(Lane::worker)
        .filter(worker -> !worker.isAlive())
        .forEach(worker -> dead.add(worker.name()));
    sinks.loops().stream().filter(loop -> !loop.isAlive()).forEach(loop -> dead.add(loop.name()));
    if (!watchdog.isAlive()) {
      dead.add("tourmaline-watchdog");
    }
    return dead;
  }

  /**
   * Stops all stages, in a thread of its own, which an interrupt of the caller does not reach.
   * Doing it again waits for the first time.
   *
   * @return what stayed undone
   */
  CloseReport close(Duration timeout) {
    if (closing.compareAndSet(false, true)) {
      SystemThreads.named("tourmaline-close").newThread(() -> closeAll(timeout)).start();
    }
    try {
      // The stages keep their deadlines; a second is for a machine that is busy.
      return report.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.error("closing failed", e);
      return new CloseReport(0, List.of("closing failed: " + e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CloseReport(0, List.of("interrupted; the engine goes on closing"));
    }
  }

  private void closeAll(Duration timeout) {
    Duration part = timeout.dividedBy(PARTS);
    Deadline forSources = Deadline.in(part);
    Deadline forLanes = forSources.plus(part.multipliedBy(2));
    Deadline forQueues = forLanes.plus(part);
    try {
      List<String> undone =
          new ArrayList<>(Closing.all("source", sources, EventSource::name, forSources));
      closed = true;
      int dropped = closeLanes(forLanes);
      watchdog.stop();
      undone.addAll(sinks.drain(forQueues));
      scheduler.shutdownNow();
      undone.addAll(sinks.close(forQueues.plus(part)));
      if (dropped > 0) {
        LOG.error("{} events were not evaluated to their end", dropped);
      }
      report.complete(new CloseReport(dropped, List.copyOf(undone)));
    } catch (InterruptedException | RuntimeException | Error e) {
      report.completeExceptionally(e);
    } finally {
      closed = true;
    }
  }

  /**
   * All drain at a time, so that one that does not come to an end takes no time from the others.
   */
  private int closeLanes(Deadline deadline) throws InterruptedException {
    products.forEach(Lanes::closeWhenDone);
    int dropped = 0;
    for (Lanes lanes : products) {
      dropped += lanes.awaitEnd(deadline);
    }
    return dropped;
  }
}
