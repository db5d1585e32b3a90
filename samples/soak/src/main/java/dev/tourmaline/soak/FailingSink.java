package dev.tourmaline.soak;

import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A sink that fails in turns, in every way that there is. Called on one thread. */
final class FailingSink implements TriggerSink {

  private static final Duration SOON = Duration.ofMillis(20);

  private int calls;

  @Override
  public String name() {
    return "failing";
  }

  @Override
  public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
    calls++;
    return switch (calls % 8) {
      case 1 -> now(new Delivery.Retry(SOON, "busy"));
      case 2 -> now(new Delivery.Refused("not that one"));
      case 3 -> throw new IllegalStateException("the soak test fails a delivery");
      case 4 -> throw new AssertionError("the soak test fails a delivery with an error");
      case 5 -> CompletableFuture.failedStage(new IllegalStateException("failed later"));
      case 6 -> new CompletableFuture<>(); // Never heard of again.
      default -> now(new Delivery.Delivered());
    };
  }

  private static CompletionStage<Delivery> now(Delivery delivery) {
    return CompletableFuture.completedStage(delivery);
  }
}
