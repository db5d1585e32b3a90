package dev.tourmaline.benchmarks.figure;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The figures, in the order of their table. */
public enum Figure {
  /** Replay against CPython's JSON reader. */
  REPLAY(PaceFigures::replay),
  /** Bytes to decision against the read of every token. */
  DECISION(PaceFigures::decision),
  /** 200 rules against 10. */
  RULES(PaceFigures::rules),
  /** Two lanes against two processes. */
  LANES(PaceFigures::lanes),
  /** Heap of a live session. */
  HEAP_LIVE(StateFigures::live),
  /** Heap of a sleeping session. */
  HEAP_ASLEEP(StateFigures::asleep),
  /** Time to wake. */
  WAKING(StateFigures::waking),
  /** How many sessions fit a gigabyte. */
  CAPACITY(StateFigures::capacity),
  /** Processor time of idle sessions. */
  IDLE(StateFigures::idle),
  /** Event-pattern rules. */
  PATTERN(StateFigures::pattern),
  /** Accept to decision. */
  LATENCY(StateFigures::latency),
  /** Start of the daemon. */
  START(DaemonStart::start);

  private final Measure measure;

  Figure(Measure measure) {
    this.measure = measure;
  }

  /** How a figure is measured. */
  private interface Measure {
    List<Finding> with(Setup setup) throws IOException;
  }

  /**
   * Measures it.
   *
   * @param setup what with
   * @return what was found
   * @throws IOException if a file or a process fails
   */
  public List<Finding> measure(Setup setup) throws IOException {
    return measure.with(setup);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
