package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.figure.Worker.Job;
import dev.tourmaline.workload.GeneratedStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Several runs over the same frames, of which the median counts. Not thread-safe. */
record Pace(GeneratedStream stream, Job<Run> job, List<Run> runs) {

  Pace(GeneratedStream stream, Job<Run> job) {
    this(stream, job, new ArrayList<>());
  }

  /** Runs each once in every round, so that what slows the machine down slows all of them. */
  static void inTurns(int warmUps, int rounds, Pace... paces) throws IOException {
    for (int round = -warmUps; round < rounds; round++) {
      for (Pace pace : paces) {
        Run run = pace.job.run();
        if (round >= 0) {
          pace.runs.add(run);
        }
      }
    }
  }

  double perSecond() {
    return stream.totalActions() / median(runs, Run::seconds);
  }

  /** As fast as it would be on one core that it does not share: actions by processor second. */
  double perCpuSecond() {
    return stream.totalActions() / median(runs, Run::cpu);
  }

  /** By the clock or by processor time, whichever says less. */
  double stricter() {
    return Math.min(perSecond(), perCpuSecond());
  }

  static <T> double median(List<T> measured, ToDoubleFunction<T> value) {
    double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  @Override
  public String toString() {
    return Table.text("%s actions/s (%s per CPU second)", perSecond(), perCpuSecond());
  }
}
