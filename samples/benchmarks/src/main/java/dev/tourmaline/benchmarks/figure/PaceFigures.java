package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.percent;
import static dev.tourmaline.benchmarks.figure.Table.text;

import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.benchmarks.figure.Worker.Job;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Vocabulary;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** How fast frames become decisions, against what else can be done with them. */
final class PaceFigures {

  private static final String LARGE = "6g";

  private PaceFigures() {}

  static List<Finding> replay(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 12);
    File file = setup.scratch().file(stream);
    Job<Run> job = replay(setup.steps(50, 2), file);
    try (Worker worker = setup.worker("1g")) {
      Pace cold = new Pace(stream, job, List.of(worker.run(job)));
      Pace replays = new Pace(stream, () -> worker.run(job));
      Pace reads = new Pace(stream, () -> Run.python(file));
      // Until the JIT compilers have little left to do.
      Pace.inTurns(3, 0, replays);
      Pace.inTurns(0, setup.rounds(), reads, replays);
      String before = ", and %s s before it to compile the rules";
      return List.of(
          share("replay, two lanes, against json.loads", "125 %", replays, reads),
          share("the same in a JVM just started", "", cold, reads)
              .with(text(before, cold.runs().get(0).prepared())));
    }
  }

  private static Job<Run> replay(Workload load, File file) {
    return () -> Run.replay(load, file);
  }

  static List<Finding> open(Setup setup) throws IOException {
    try (Worker one = setup.worker(LARGE);
        Worker other = setup.worker(LARGE)) {
      Pace open = pace(setup.in(Vocabulary.OPEN), one);
      Pace closed = pace(setup.in(Vocabulary.CLOSED), other);
      Pace.inTurns(2, setup.rounds(), open, closed);
      return List.of(
          share("pace in an open vocabulary against a closed one", "85 %", open, closed));
    }
  }

  private static Pace pace(Setup setup, Worker worker) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 12);
    Job<Run> job = replay(setup.steps(50, 1), setup.scratch().file(stream));
    return new Pace(stream, () -> worker.run(job));
  }

  static List<Finding> decision(Setup setup) throws IOException {
    try (Worker engine = setup.worker(LARGE);
        Worker baseline = setup.worker(LARGE)) {
      // A tenth of the sessions, so that everything is compiled.
      GeneratedStream little = setup.stream(10_000, 30).part(0, 1_000);
      Pace.inTurns(5, 0, decisions(setup, little, engine, baseline));
      Pace[] paces = decisions(setup, setup.stream(100_000, 100), engine, baseline);
      Pace.inTurns(0, setup.rounds(), paces);
      Pace tokens = paces[0];
      return List.of(
          share("bytes to decision, one lane, against the token read", "45 %", paces[1], tokens),
          share("the same, frames given to a live engine", "", paces[3], tokens),
          share("plain Java by hand, against the token read", "", paces[2], tokens));
    }
  }

  private static Pace[] decisions(
      Setup setup, GeneratedStream stream, Worker engine, Worker baseline) throws IOException {
    Workload load = setup.steps(50, 1);
    File file = setup.scratch().file(stream);
    return new Pace[] {
      new Pace(stream, () -> baseline.run(() -> Run.tokens(file))),
      new Pace(stream, () -> engine.run(() -> Run.replay(load, file))),
      new Pace(stream, () -> baseline.run(() -> Run.plain(load, file))),
      new Pace(stream, () -> engine.run(() -> Run.live(load, file)))
    };
  }

  static Finding share(String measure, String target, Pace pace, Pace against) {
    double byCpu = pace.perCpuSecond() / against.perCpuSecond();
    double byClock = pace.perSecond() / against.perSecond();
    String both = "%s by the clock, %s by CPU time: %s against %s";
    String detail = text(both, percent(byClock), percent(byCpu), pace, against);
    return new Finding(measure, target, percent(Math.min(byClock, byCpu)), detail);
  }

  static List<Finding> rules(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(20_000, 60);
    File file = setup.scratch().file(stream);
    try (Worker one = setup.worker(LARGE);
        Worker other = setup.worker(LARGE)) {
      Job<Run> ten = replay(setup.steps(10, 1), file);
      Job<Run> twoHundred = replay(setup.steps(200, 1), file);
      Pace few = new Pace(stream, () -> one.run(ten));
      Pace many = new Pace(stream, () -> other.run(twoHundred));
      Pace.inTurns(1, setup.rounds(), few, many);
      return List.of(share("pace with 200 rules against 10", "50 %", many, few));
    }
  }

  static List<Finding> lanes(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 12);
    int half = stream.sessions() / 2;
    File whole = setup.scratch().file(stream);
    Workload load = setup.steps(50, 1);
    GeneratedStream rest = stream.part(half, stream.sessions() - half);
    Job<Run> left = replay(load, setup.scratch().file(stream.part(0, half)));
    Job<Run> right = replay(load, setup.scratch().file(rest));
    Job<Run> together = replay(setup.steps(50, 2), whole);
    try (Worker both = setup.worker(LARGE);
        Worker one = setup.worker(LARGE);
        Worker other = setup.worker(LARGE)) {
      Job<Run> sideBySide =
          () -> {
            one.begin(left);
            other.begin(right);
            return one.await(left).beside(other.await(right));
          };
      Pace lanes = new Pace(stream, () -> both.run(together));
      Pace processes = new Pace(stream, sideBySide);
      Pace.inTurns(1, setup.rounds(), lanes, processes);
      return List.of(share("two lanes against two processes", "90 %", lanes, processes));
    }
  }
}
