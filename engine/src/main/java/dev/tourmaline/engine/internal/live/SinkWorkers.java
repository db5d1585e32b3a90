package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The sinks of an engine, each behind its worker; the publishers of all products share them.
 * Thread-safe.
 */
final class SinkWorkers {

  private final List<SinkWorker> workers;

  SinkWorkers(
      List<TriggerSink> sinks,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      UncaughtFaults faults) {
    this.workers =
        sinks.stream().map(sink -> new SinkWorker(sink, clock, scheduler, faults)).toList();
  }

  /** {@return the longest time to live of the sinks that have one; zero without any} */
  Duration longestTimeToLive() {
    return workers.stream()
        .flatMap(worker -> worker.sink().timeToLive().stream())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** {@return those that want triggers of that origin} */
  List<SinkWorker> accepting(TourTrigger.Origin origin) {
    return workers.stream().filter(worker -> worker.accepts(origin)).toList();
  }

  void start() {
    workers.forEach(SinkWorker::start);
  }

  /** The threads of the sinks. */
  List<Loop> loops() {
    return workers.stream().map(SinkWorker::loop).toList();
  }

  /**
   * Drains every sink's queue until the deadline.
   *
   * @return what stayed undone
   */
  List<String> drain(Deadline deadline) throws InterruptedException {
    List<String> undone = new ArrayList<>();
    for (SinkWorker worker : workers) {
      int left = worker.drain(deadline);
      if (left > 0) {
        undone.add("sink %s: %d triggers were not delivered".formatted(worker.sink().name(), left));
      }
    }
    return undone;
  }

  /**
   * Closes the sinks.
   *
   * @return what stayed undone
   */
  List<String> close(Deadline deadline) throws InterruptedException {
    workers.forEach(worker -> worker.loop().stop());
    return Closing.all(
        "sink", workers.stream().map(SinkWorker::sink).toList(), TriggerSink::name, deadline);
  }
}
