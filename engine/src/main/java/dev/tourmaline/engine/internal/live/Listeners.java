package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.listener.EngineListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A composite of an engine's listeners; what one of them throws is logged and changes nothing.
 *
 * @param listeners told in this order
 */
record Listeners(List<EngineListener> listeners) {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  void tell(Consumer<EngineListener> news) {
    for (EngineListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("listener {} failed", listener.getClass().getName(), e);
      }
    }
  }
}
