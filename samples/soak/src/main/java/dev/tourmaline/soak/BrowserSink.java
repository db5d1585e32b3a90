package dev.tourmaline.soak;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The browsers of all visitors. Most show the tour and report how it ended, some cannot show it,
 * some never report, some are gone.
 */
final class BrowserSink implements TriggerSink {

  private final Queue<TourFeedback> reports = new ConcurrentLinkedQueue<>();
  private int calls;

  @Override
  public String name() {
    return "browser";
  }

  @Override
  public boolean givesFeedback() {
    return true;
  }

  @Override
  public Optional<Duration> timeToLive() {
    return Optional.of(Duration.ofMinutes(2));
  }

  @Override
  public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
    calls++;
    List<Outcome> outcomes =
        switch (calls % 10) {
          case 0, 1, 2 -> List.of();
          case 3 -> List.of(Outcome.FAILED);
          case 4 -> List.of(Outcome.SHOWN, Outcome.STEP);
          case 5, 6 -> List.of(Outcome.SHOWN, Outcome.COMPLETED);
          default -> List.of(Outcome.SHOWN, Outcome.DISMISSED);
        };
    for (Outcome outcome : outcomes) {
      reports.add(new TourFeedback(trigger.id(), trigger.session(), outcome, 1));
    }
    return CompletableFuture.completedStage(
        calls % 10 == 0 ? new Delivery.Refused("nobody is connected") : new Delivery.Delivered());
  }

  /** Reports to the engine what browsers have shown since. */
  void reportTo(TourEngine engine) {
    for (TourFeedback report = reports.poll(); report != null; report = reports.poll()) {
      engine.feedback(report);
    }
  }
}
