package dev.tourmaline.soak;

import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what went on. Thread-safe. */
final class Happenings implements EngineListener {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String what) {
    counts.computeIfAbsent(what, key -> new LongAdder()).increment();
  }

  long of(String what) {
    LongAdder count = counts.get(what);
    return count == null ? 0 : count.sum();
  }

  @Override
  public void delivered(TourTrigger trigger, String sink, Delivery delivery) {
    String name = sink.startsWith("jsonl") ? "jsonl" : sink;
    count("sink " + name + ": " + delivery.word());
  }

  @Override
  public void feedback(TourFeedback feedback) {
    count("feedback");
  }

  @Override
  public void ruleFailed(RuleFailure failure) {
    count("rule " + failure.rule() + (failure.quarantined() ? ": switched off" : ": failed"));
  }

  @Override
  public void sourceStateChanged(EventSource source, SourceState state) {
    count("source " + state.getClass().getSimpleName());
  }

  @Override
  public void fatal(String why, Throwable cause) {
    count("fatal: " + why);
  }

  @Override
  public String toString() {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .map(count -> "%s %,d".formatted(count.getKey(), count.getValue().sum()))
            .collect(Collectors.joining("; "));
  }
}
