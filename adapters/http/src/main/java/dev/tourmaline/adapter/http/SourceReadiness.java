package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceState;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Readiness by the state of an engine's event sources: not ready once a stream has ended for good,
 * ready with a remark while one is lost and being reconnected. Thread-safe.
 *
 * <p>Give the same instance to {@link dev.tourmaline.engine.TourEngineBuilder#listener} and to
 * {@link AdminServer#builder}.
 */
public final class SourceReadiness implements EngineListener, Supplier<Readiness> {

  private final Map<EventSource, SourceState> states = new ConcurrentHashMap<>();

  private SourceReadiness() {}

  /** {@return readiness that has seen no source yet: ready} */
  public static SourceReadiness create() {
    return new SourceReadiness();
  }

  @Override
  public void sourceStateChanged(EventSource source, SourceState state) {
    states.put(source, state);
  }

  @Override
  public Readiness get() {
    String ended = sentences(SourceState.Fatal.class, s -> "has ended for good: " + explain(s));
    if (!ended.isEmpty()) {
      return Readiness.no(ended);
    }
    return Readiness.yes(sentences(SourceState.Lost.class, lost -> "is lost: " + lost.why()));
  }

  private static String explain(SourceState.Fatal fatal) {
    return fatal.why() + ". " + fatal.advice();
  }

  private <S extends SourceState> String sentences(Class<S> kind, Function<S, String> predicate) {
    return states.entrySet().stream()
        .filter(entry -> kind.isInstance(entry.getValue()))
        .sorted(Comparator.comparing(entry -> entry.getKey().name()))
        .map(
            entry ->
                "stream of %s %s"
                    .formatted(
                        entry.getKey().productId(), predicate.apply(kind.cast(entry.getValue()))))
        .collect(Collectors.joining("; "));
  }
}
