package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.figure.Worker.Job;
import dev.tourmaline.benchmarks.workload.GeneratedStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several runs over the same frames, of which the median counts. Not thread-safe. */
final class Pace {

  private final long actions;
  private final Job<Run> job;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> cpuSeconds = new ArrayList<>();

  Pace(GeneratedStream stream, Job<Run> job) {
    this.actions = stream.totalActions();
    this.job = job;
  }

  /** Runs each once in every round, so that what slows the machine down slows all of them. */
  static void inTurns(int warmUps, int rounds, Pace... paces) throws IOException {
    for (int round = -warmUps; round < rounds; round++) {
      for (Pace pace : paces) {
        Run run = pace.job.run();
        if (round >= 0) {
          pace.seconds.add(run.seconds());
          pace.cpuSeconds.add(run.cpu());
        }
      }
    }
  }

  double perSecond() {
    return actions / median(seconds);
  }

  /** As fast as it would be on one core that it does not share: actions by processor second. */
  double perCpuSecond() {
    return actions / median(cpuSeconds);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  @Override
  public String toString() {
    return Table.text("%s actions/s (%s per CPU second)", perSecond(), perCpuSecond());
  }
}
