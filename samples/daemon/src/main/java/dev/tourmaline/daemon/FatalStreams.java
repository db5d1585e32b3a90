package dev.tourmaline.daemon;

import dev.tourmaline.daemon.config.DaemonConfig.OnFatal;
import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the daemon once a stream has ended for good, unless its {@code on_fatal} is degrade. */
final class FatalStreams implements EngineListener {

  private static final Logger log = LoggerFactory.getLogger(FatalStreams.class);

  private final Map<String, OnFatal> onFatal;
  private final CompletableFuture<Daemon.StopReason> stop;

  FatalStreams(List<Product> products, CompletableFuture<Daemon.StopReason> stop) {
    this.onFatal = products.stream().collect(Collectors.toMap(Product::id, Product::onFatal));
    this.stop = stop;
  }

  @Override
  public void sourceStateChanged(EventSource source, SourceState state) {
    String product = source.productId();
    if (!(state instanceof SourceState.Fatal fatal)) {
      return;
    }
    if (onFatal.get(product) == OnFatal.DEGRADE) {
      log.error("keeps running without the stream of {}, not ready: on_fatal is degrade", product);
    } else {
      stop.complete(
          new Daemon.StopReason.StreamEnded(
              "stream of %s has ended for good: %s. %s"
                  .formatted(product, fatal.why(), fatal.advice())));
    }
  }
}
