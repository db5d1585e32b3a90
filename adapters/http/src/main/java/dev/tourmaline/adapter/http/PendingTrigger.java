package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A trigger that was handed to the sink, and the outcome of its delivery.
 *
 * @param trigger the trigger
 * @param check asked before it leaves
 * @param expiresAt when its time to live ends
 * @param number its place in the order of arrival
 * @param outcome what became of it
 */
record PendingTrigger(
    TourTrigger trigger,
    PreDeliveryCheck check,
    Instant expiresAt,
    long number,
    CompletableFuture<Delivery> outcome) {

  boolean isUndelivered() {
    return !outcome.isDone();
  }
}
