package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.log.ThrottledLog;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A composite of an engine's listeners; what one of them throws is logged and changes nothing.
 *
 * @param listeners told in this order
 * @param log where their failures go
 */
record Listeners(List<EngineListener> listeners, ThrottledLog log) {

  Listeners(List<EngineListener> listeners, InstantSource clock) {
    this(listeners, new ThrottledLog(LoggerFactory.getLogger(Listeners.class), clock));
  }

  void tell(Consumer<EngineListener> news) {
    for (EngineListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (OutOfMemoryError e) {
        throw e;
      } catch (Throwable e) {
        log.warn("failures of listeners", "listener {} failed", listener.getClass().getName(), e);
      }
    }
  }
}
