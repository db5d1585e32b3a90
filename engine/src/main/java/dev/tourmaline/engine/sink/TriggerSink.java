package dev.tourmaline.engine.sink;

import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The SPI of sinks: delivers admitted triggers to their receivers.
 *
 * <p>The publisher calls {@link #deliver} on a thread that belongs to this sink alone, one trigger
 * at a time and in order, so a slow sink holds back neither rules nor other sinks. Delivery is at
 * least once, within its tries and time to live and the life of the process: the trigger's id is
 * the idempotency key, and a sink that sees it again delivers it once.
 */
public interface TriggerSink extends AutoCloseable {

  /** {@return a short name, unique among an engine's sinks, for logs and counters} */
  String name();

  /**
   * Delivers a trigger.
   *
   * @param trigger the trigger
   * @param check to be asked just before the trigger leaves, if it had to wait
   * @return completes with the outcome; a sink that may have to wait for its receiver completes
   *     later and meanwhile takes the next trigger. A stage that fails counts as {@link
   *     Delivery.Retry}.
   */
  CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check);

  /** {@return how long after the decision a trigger is still worth delivering; empty for always} */
  default Optional<Duration> timeToLive() {
    return Optional.empty();
  }

  /** {@return whether what this sink delivers is reported back when it is shown; default false} */
  default boolean givesFeedback() {
    return false;
  }

  /**
   * {@return whether the page that shows the tour looks itself whether it is where the tour
   * belongs, and waits for the visitor to come there; default false: then the page that the session
   * was seen on last decides}
   */
  default boolean checksPlace() {
    return false;
  }

  /**
   * {@return whether this sink wants a trigger of that origin; by default all but those that came
   * in over the connector's stream, which go to browsers only}
   *
   * @param origin who asked for the tour
   */
  default boolean accepts(TourTrigger.Origin origin) {
    return origin != TourTrigger.Origin.INBOUND;
  }

  /** Releases the sink's resources. Triggers not delivered by then are dropped. */
  @Override
  default void close() {}
}
