package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.listener.EngineStats;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

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
    // In order of name: a hash table of the unmodifiable kind is slow where names collide.
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((flow, count) -> sums.put(flow, count.sum()));
    return Collections.unmodifiableMap(sums);
  }
}
