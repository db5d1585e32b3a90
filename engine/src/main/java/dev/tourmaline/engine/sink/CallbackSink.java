package dev.tourmaline.engine.sink;

import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Hands each trigger to code of the host. As thread-safe as that code, which is called on one
 * thread at a time.
 */
public final class CallbackSink implements TriggerSink {

  private final String name;
  private final Consumer<TourTrigger> callback;
  private final RecentIds delivered = new RecentIds();

  private CallbackSink(String name, Consumer<TourTrigger> callback) {
    this.name = Objects.requireNonNull(name, "name");
    this.callback = Objects.requireNonNull(callback, "callback");
  }

  /**
   * {@return a sink, named {@code callback}}
   *
   * @param callback takes each trigger once; may be slow. What it throws counts as a delivery that
   *     is worth trying again.
   */
  public static CallbackSink of(Consumer<TourTrigger> callback) {
    return of("callback", callback);
  }

  /**
   * {@return a sink}
   *
   * @param name a short name, unique among an engine's sinks
   * @param callback takes each trigger once; may be slow. What it throws counts as a delivery that
   *     is worth trying again.
   */
  public static CallbackSink of(String name, Consumer<TourTrigger> callback) {
    return new CallbackSink(name, callback);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
    if (!delivered.contains(trigger.id())) {
      try {
        callback.accept(trigger);
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
      delivered.add(trigger.id());
    }
    return CompletableFuture.completedFuture(new Delivery.Delivered());
  }
}
