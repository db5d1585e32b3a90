package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.job.Values;
import dev.tourmaline.benchmarks.measure.Rounds;
import dev.tourmaline.benchmarks.measure.Table;

/** Several runs over the same frames. Not thread-safe. */
final class Pace {

  private final long actions;
  private final Rounds seconds = new Rounds();
  private final Rounds cpu = new Rounds();

  /**
   * Begins without runs.
   *
   * @param actions how many actions the frames hold
   */
  Pace(long actions) {
    this.actions = actions;
  }

  void add(Values run) {
    add(run.number("seconds"), run.number("cpu"));
  }

  void add(double took, double cpuTook) {
    seconds.add(took);
    cpu.add(cpuTook);
  }

  double perSecond() {
    return actions / seconds.median();
  }

  /** As fast as it would be on one core that it does not share: actions by processor second. */
  double perCpuSecond() {
    return actions / cpu.median();
  }

  @Override
  public String toString() {
    return "%s actions/s (%s per CPU second)"
        .formatted(Table.number(perSecond()), Table.number(perCpuSecond()));
  }
}
