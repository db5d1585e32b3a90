package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.engine.listener.EngineStats;
import java.io.Serializable;
import java.util.Map;

/**
 * What a run over a file took, in seconds, and what it counted.
 *
 * @param prepared before the first byte, while rules are compiled
 * @param seconds by the clock
 * @param cpu of processor time of the whole process
 */
record Run(double prepared, double seconds, double cpu, long actions, long offers, long triggers)
    implements Serializable {

  /** The run of an engine that ends now. */
  static Run of(double prepared, Stopwatch watch, EngineStats stats) {
    long offers = sum(stats.offersByFlow());
    long triggers = sum(stats.triggersByFlow());
    double cpu = watch.cpuSeconds();
    return new Run(prepared, watch.seconds(), cpu, stats.actions(), offers, triggers);
  }

  /** A run that counted nothing. */
  static Run of(double seconds, double cpu) {
    return new Run(0, seconds, cpu, 0, 0, 0);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
