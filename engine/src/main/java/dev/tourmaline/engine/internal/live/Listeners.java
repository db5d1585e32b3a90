package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of an engine as one; what one of them throws is logged and changes nothing. */
final class Listeners implements EngineListener {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<EngineListener> listeners;

  Listeners(List<EngineListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  private void tell(Consumer<EngineListener> news) {
    for (EngineListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("listener {} failed", listener.getClass().getName(), e);
      }
    }
  }

  @Override
  public void decided(Decision decision) {
    tell(listener -> listener.decided(decision));
  }

  @Override
  public void delivered(TourTrigger trigger, String sink, Delivery delivery) {
    tell(listener -> listener.delivered(trigger, sink, delivery));
  }

  @Override
  public void rejected(DecodeResult.Rejected rejected) {
    tell(listener -> listener.rejected(rejected));
  }

  @Override
  public void inboundTrigger(TriggerEvent event) {
    tell(listener -> listener.inboundTrigger(event));
  }

  @Override
  public void feedback(TourFeedback feedback) {
    tell(listener -> listener.feedback(feedback));
  }

  @Override
  public void ruleFailed(RuleFailure failure) {
    LOG.error(
        "rule \"{}\" failed in session {} ({}): {}{}",
        failure.rule(),
        failure.session(),
        failure.kind(),
        failure.detail(),
        failure.quarantined() ? "; it is switched off now" : "");
    tell(listener -> listener.ruleFailed(failure));
  }

  @Override
  public void sourceStateChanged(EventSource source, SourceState state) {
    tell(listener -> listener.sourceStateChanged(source, state));
  }

  @Override
  public void sourceDropped(EventSource source, String what) {
    tell(listener -> listener.sourceDropped(source, what));
  }
}
