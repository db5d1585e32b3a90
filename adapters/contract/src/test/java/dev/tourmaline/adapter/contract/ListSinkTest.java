package dev.tourmaline.adapter.contract;

import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The contract holds for the simplest sink there is. */
class ListSinkTest extends TriggerSinkContract {

  private final Map<String, String> flowsById = new LinkedHashMap<>();

  @Override
  protected TriggerSink newSink() {
    return new TriggerSink() {
      @Override
      public String name() {
        return "list";
      }

      @Override
      public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
        flowsById.putIfAbsent(trigger.id(), trigger.flowId());
        return CompletableFuture.completedStage(new Delivery.Delivered());
      }
    };
  }

  @Override
  protected List<String> receivedFlows() {
    return List.copyOf(flowsById.values());
  }
}
