package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.log.OneLine;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The products whose connectors send actions of no kind: such actions are counted, and each of the
 * first {@value #MOST} products is said once in the log. Thread-safe.
 */
final class UntypedProducts {

  static final int MOST = 100;

  private static final Logger LOG = LoggerFactory.getLogger(UntypedProducts.class);

  private final Set<String> said = ConcurrentHashMap.newKeySet();

  /** Counts an action if neither its type nor its title says what it is. */
  void count(UiAction action, String productId, Counters counters) {
    if (action.type().isEmpty()) {
      counters.count(Of.UNTYPED);
      if (!said.contains(productId) && isNew(productId)) {
        LOG.warn(
            "Product {} sends actions without a type, with titles that do not plainly say one, such"
                + " as 'Page Load: Dashboard' or 'Click Save'. Rules see them as of no kind:"
                + " neither page views nor clicks. They are counted as untyped, and this is said"
                + " once for each product.",
            OneLine.of(productId));
      }
    }
  }

  private synchronized boolean isNew(String productId) {
    return said.size() < MOST && said.add(productId);
  }
}
