package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.listener.EngineStats;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Counters by flow, bounded in number: flows beyond it are counted together. Thread-safe; several
 * threads that add the last flows at the same time may pass the bound by one each.
 */
final class FlowCounts {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String flowId) {
    LongAdder known = counts.get(flowId);
    (known == null ? added(flowId) : known).increment();
  }

  private LongAdder added(String flowId) {
    String name = counts.size() < EngineStats.MAX_FLOWS ? flowId : EngineStats.OTHER_FLOWS;
    return counts.computeIfAbsent(name, flow -> new LongAdder());
  }

  Map<String, Long> snapshot() {
    return counts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
