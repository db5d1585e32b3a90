package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A FIFO queue of triggers that were delivered to a browser, each for as long as it may still be
 * reported shown: two minutes, by the engine's clock, or until 100,000 newer ones have come.
 * Constant time each. Thread-safe.
 */
final class UnseenTriggers {

  static final int MOST = 100_000;

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Queue<Waiting> queue = new ArrayDeque<>();

  private record Waiting(TourTrigger trigger, Instant until) {}

  /** {@return the oldest trigger, which has to go; empty while there is room} */
  synchronized Optional<TourTrigger> add(TourTrigger trigger, Instant now) {
    queue.add(new Waiting(trigger, now.plus(TIMEOUT)));
    return queue.size() > MOST ? Optional.of(queue.remove().trigger()) : Optional.empty();
  }

  /** Removes those whose time is over. */
  void expire(Instant now, Consumer<TourTrigger> step) {
    while (true) {
      TourTrigger trigger;
      synchronized (this) {
        Waiting first = queue.peek();
        if (first == null || now.isBefore(first.until())) {
          return;
        }
        trigger = queue.remove().trigger();
      }
      step.accept(trigger);
    }
  }
}
