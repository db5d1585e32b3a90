package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the outages of sources into coverage gaps of their products. Thread-safe. */
final class SourceOutages implements SourceListener {

  private static final Logger LOG = LoggerFactory.getLogger(SourceOutages.class);

  private final ProductGaps products = new ProductGaps();
  private final InstantSource clock;
  private final ThrottledLog log;
  private final Listeners listeners;
  private final Function<String, Counters> counters;

  SourceOutages(InstantSource clock, Listeners listeners, Function<String, Counters> counters) {
    this.clock = clock;
    this.log = new ThrottledLog(LOG, clock);
    this.listeners = listeners;
    this.counters = counters;
  }

  CoverageGaps of(String productId) {
    return products.of(productId);
  }

  @Override
  public void stateChanged(EventSource source, SourceState state) {
    CoverageGaps gaps = products.carried(source.productId());
    if (state instanceof SourceState.Lost lost) {
      gaps.begin(clock.millis() - lost.silent().toMillis());
      log.warn(
          source.name() + " is lost",
          "source {} is lost ({}), reconnecting in {} s",
          source.name(),
          lost.why(),
          String.format(Locale.ROOT, "%.1f", lost.retryIn().toMillis() / 1000.0));
    } else if (state instanceof SourceState.Fatal fatal) {
      gaps.begin(clock.millis());
      LOG.error(
          "source {} has ended for good ({}). {}", source.name(), fatal.why(), fatal.advice());
    } else if (state instanceof SourceState.Open) {
      if (gaps.end(clock.millis())) {
        counters.apply(source.productId()).count(Of.COVERAGE_GAPS);
      }
      LOG.info("source {} is open", source.name());
    }
    listeners.tell(listener -> listener.sourceStateChanged(source, state));
  }

  @Override
  public void dropped(EventSource source, String what) {
    String kind = source.name() + " dropped " + what;
    log.warn(kind, "source {} dropped input that is no frame: {}", source.name(), what);
    listeners.tell(listener -> listener.sourceDropped(source, what));
  }
}
