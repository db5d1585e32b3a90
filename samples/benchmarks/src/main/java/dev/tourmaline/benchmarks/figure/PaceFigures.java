package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.baseline.PythonRead;
import dev.tourmaline.benchmarks.job.Job;
import dev.tourmaline.benchmarks.job.Values;
import dev.tourmaline.benchmarks.job.Worker;
import dev.tourmaline.benchmarks.measure.Table;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How fast frames become decisions, against what else can be done with them. */
final class PaceFigures {

  private static final String LARGE = "6g";

  /** Replays until the JIT compilers have little left to do. */
  private static final int WARM_UPS = 4;

  private PaceFigures() {}

  static List<Finding> replay(Setup setup) throws IOException {
    StreamShape shape = setup.shape(100_000, 12);
    Path file = setup.file(shape);
    Values told = setup.rules("step", 50, 2).with("file", file);
    Pace replays = new Pace(shape.totalActions());
    Pace reads = new Pace(shape.totalActions());
    try (Worker worker = setup.worker("1g")) {
      Values first = worker.run(Job.REPLAY, told);
      for (int round = 1; round < WARM_UPS; round++) {
        worker.run(Job.REPLAY, told);
      }
      for (int round = 0; round < setup.rounds(); round++) {
        Optional<PythonRead.Taken> read = PythonRead.read(file);
        read.ifPresent(taken -> reads.add(taken.seconds(), taken.cpu()));
        replays.add(worker.run(Job.REPLAY, told));
        if (read.isEmpty()) {
          return List.of(
              new Finding(
                  "replay, two lanes, against json.loads",
                  "1.25x",
                  "no python3 here",
                  "%s; for the ratio, install python3, or read the same lines with json.loads"
                      .formatted(replays)));
        }
      }
      double ratio = replays.perSecond() / reads.perSecond();
      double cold = shape.totalActions() / first.number("seconds");
      return List.of(
          new Finding(
              "replay, two lanes, against json.loads",
              "1.25x",
              Table.number(ratio) + "x",
              "replay %s; json.loads %s; %sx by CPU time, were both cores its own; %s triggers"
                  .formatted(
                      replays,
                      reads,
                      Table.number(2 * replays.perCpuSecond() / reads.perCpuSecond()),
                      first.text("triggers"))),
          new Finding(
              "the same in a JVM just started",
              "",
              Table.number(cold / reads.perSecond()) + "x",
              "%s actions/s, and %s s to compile the rules before"
                  .formatted(
                      Table.number(cold),
                      Table.number(first.number("whole") - first.number("seconds")))));
    }
  }

  static List<Finding> decision(Setup setup) throws IOException {
    StreamShape shape = setup.shape(100_000, 100);
    Path file = setup.file(shape);
    Values told = setup.rules("step", 50, 1).with("file", file);
    Pace replays = new Pace(shape.totalActions());
    Pace lives = new Pace(shape.totalActions());
    Pace tokens = new Pace(shape.totalActions());
    Pace plains = new Pace(shape.totalActions());
    try (Worker engine = setup.worker(LARGE);
        Worker baseline = setup.worker(LARGE)) {
      warmUp(setup, told, engine, baseline);
      for (int round = 0; round < setup.rounds(); round++) {
        tokens.add(baseline.run(Job.TOKENS, told));
        replays.add(engine.run(Job.REPLAY, told));
        plains.add(baseline.run(Job.PLAIN, told));
        lives.add(engine.run(Job.LIVE, told));
      }
    }
    return List.of(
        share("bytes to decision, one lane, against the token read", "45 %", replays, tokens),
        share("the same, frames given to a live engine", "", lives, tokens),
        share("plain Java by hand, against the token read", "", plains, tokens));
  }

  /** A tenth of the sessions, so that everything is compiled. */
  private static void warmUp(Setup setup, Values told, Worker engine, Worker baseline)
      throws IOException {
    Values little = told.with("file", setup.file(setup.shape(10_000, 30).part(0, 1_000)));
    for (int i = 0; i < 5; i++) {
      engine.run(Job.REPLAY, little);
      engine.run(Job.LIVE, little);
      baseline.run(Job.TOKENS, little);
      baseline.run(Job.PLAIN, little);
    }
  }

  private static Finding share(String measure, String target, Pace pace, Pace against) {
    return new Finding(
        measure,
        target,
        Table.percent(pace.perSecond() / against.perSecond()),
        "%s against %s; %s by CPU time"
            .formatted(pace, against, Table.percent(pace.perCpuSecond() / against.perCpuSecond())));
  }

  static List<Finding> rules(Setup setup) throws IOException {
    StreamShape shape = setup.shape(20_000, 60);
    Path file = setup.file(shape);
    Pace few = new Pace(shape.totalActions());
    Pace many = new Pace(shape.totalActions());
    try (Worker one = setup.worker(LARGE);
        Worker other = setup.worker(LARGE)) {
      for (int round = -1; round < setup.rounds(); round++) {
        Values with10 = one.run(Job.REPLAY, setup.rules("step", 10, 1).with("file", file));
        Values with200 = other.run(Job.REPLAY, setup.rules("step", 200, 1).with("file", file));
        if (round >= 0) {
          few.add(with10);
          many.add(with200);
        }
      }
    }
    return List.of(share("pace with 200 rules against 10", "50 %", many, few));
  }

  static List<Finding> lanes(Setup setup) throws IOException {
    StreamShape shape = setup.shape(100_000, 12);
    int half = shape.sessions() / 2;
    Values whole = setup.rules("step", 50, 2).with("file", setup.file(shape));
    Values left = setup.rules("step", 50, 1).with("file", setup.file(shape.part(0, half)));
    Values right =
        setup
            .rules("step", 50, 1)
            .with("file", setup.file(shape.part(half, shape.sessions() - half)));
    Pace lanes = new Pace(shape.totalActions());
    Pace processes = new Pace(shape.totalActions());
    try (Worker both = setup.worker(LARGE);
        Worker one = setup.worker(LARGE);
        Worker other = setup.worker(LARGE)) {
      for (int round = -1; round < setup.rounds(); round++) {
        Values together = both.run(Job.REPLAY, whole);
        one.begin(Job.REPLAY, left);
        other.begin(Job.REPLAY, right);
        Values first = one.await();
        Values second = other.await();
        if (round >= 0) {
          lanes.add(together);
          processes.add(
              Math.max(first.number("seconds"), second.number("seconds")),
              first.number("cpu") + second.number("cpu"));
        }
      }
    }
    return List.of(share("two lanes against two processes", "90 %", lanes, processes));
  }
}
