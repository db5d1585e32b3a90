package dev.tourmaline.daemon;

import dev.tourmaline.adapter.http.Readiness;
import dev.tourmaline.daemon.config.DaemonConfig.OnFatal;
import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs how the streams fare, answers whether the daemon is ready, and ends it where a stream that
 * it does not go on without has ended for good. Thread-safe.
 */
final class StreamWatch implements EngineListener {

  private static final Logger log = LoggerFactory.getLogger(StreamWatch.class);

  private final Map<String, OnFatal> onFatal;
  private final CompletableFuture<Daemon.Ending> end;
  private final Map<String, SourceState> states = new ConcurrentSkipListMap<>();

  StreamWatch(List<Product> products, CompletableFuture<Daemon.Ending> end) {
    this.onFatal = products.stream().collect(Collectors.toMap(Product::id, Product::onFatal));
    this.end = end;
  }

  @Override
  public void sourceStateChanged(EventSource source, SourceState state) {
    String product = source.productId();
    states.put(product, state);
    if (!(state instanceof SourceState.Fatal fatal)) {
      return;
    }
    if (onFatal.get(product) == OnFatal.DEGRADE) {
      log.error("goes on without the stream of {}, not ready: on_fatal is degrade", product);
    } else {
      end.complete(new Daemon.Ending.Fatal(sentence(product, fatal)));
    }
  }

  /** {@return not ready once a stream has ended for good; a lost one will come back} */
  Readiness readiness() {
    return message(SourceState.Fatal.class, StreamWatch::sentence, Readiness::no)
        .or(
            () ->
                message(
                    SourceState.Lost.class,
                    (product, lost) -> "stream of " + product + " is lost: " + lost.why(),
                    Readiness::yes))
        .orElseGet(Readiness::yes);
  }

  private <S extends SourceState> Optional<Readiness> message(
      Class<S> kind, Sentence<S> sentence, Function<String, Readiness> readiness) {
    String all =
        states.entrySet().stream()
            .filter(entry -> kind.isInstance(entry.getValue()))
            .map(entry -> sentence.of(entry.getKey(), kind.cast(entry.getValue())))
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? Optional.empty() : Optional.of(readiness.apply(all));
  }

  private interface Sentence<S> {
    String of(String product, S state);
  }

  private static String sentence(String product, SourceState.Fatal fatal) {
    return "stream of %s has ended for good: %s. %s"
        .formatted(product, fatal.why(), fatal.advice());
  }
}
