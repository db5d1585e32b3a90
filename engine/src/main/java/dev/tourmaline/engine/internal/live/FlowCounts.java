package dev.tourmaline.engine.internal.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts by flow. Thread-safe. */
final class FlowCounts {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String flowId) {
    counts.computeIfAbsent(flowId, flow -> new LongAdder()).increment();
  }

  Map<String, Long> toMap() {
    return counts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
