package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.text;

import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Style;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What sessions cost by being there: their heap awake and asleep, their time when left alone. */
final class SessionFigures {

  private static final double KILO = 1000;
  private static final double MEGA = 1e6;

  private SessionFigures() {}

  /** How many of a stream's sessions are awake and asleep, and the heap before and with them. */
  private record Weight(GeneratedStream stream, long awake, long asleep, long empty, long full)
      implements Serializable {

    /** The bytes of a session. */
    Finding found(String measure, String target) {
      double each = (full - empty) / (double) stream.sessions();
      String size = each < KILO ? text("%s B", each) : text("%s KB", each / KILO);
      return new Finding(measure, target, size, detail());
    }

    Finding fits(String state, long there) {
      String measure = "%,d %s sessions of %d actions";
      return new Finding(
          measure.formatted(stream.sessions(), state, stream.actions()),
          "in 1 GB of heap",
          there < stream.sessions() ? "not all are there" : text("%s MB", full / MEGA),
          detail() + ", -Xmx1g");
    }

    private String detail() {
      String sessions = "%,d sessions of %d actions: %d awake, %d asleep, ";
      return sessions.formatted(stream.sessions(), stream.actions(), awake, asleep)
          + text("%s MB above the empty engine's %s MB", (full - empty) / MEGA, empty / MEGA);
    }
  }

  /** Fills an engine with sessions and weighs them, in this JVM. */
  private static Weight weigh(Workload load, GeneratedStream stream, boolean asleep) {
    try (Feed feed = new Feed(load, asleep)) {
      long empty = heapInUse();
      feed.open(stream);
      if (asleep) {
        feed.putToSleep(stream.sessions());
      }
      long full = heapInUse();
      EngineStats stats = feed.engine.stats();
      return new Weight(stream, stats.awake(), stats.asleep(), empty, full);
    }
  }

  static long heapInUse() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Stopwatch.pause(0.1);
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  static List<Finding> live(Setup setup) throws IOException {
    List<Finding> found = new ArrayList<>(live(setup, setup.stream(100_000, 5), "1.2 KB"));
    found.addAll(live(setup, setup.stream(20_000, 100), "5.5 KB, stretch 5 KB"));
    return found;
  }

  private static List<Finding> live(Setup setup, GeneratedStream stream, String target)
      throws IOException {
    String measure = "heap per awake session of %d actions, with offers";
    return List.of(
        weigh(setup, true, stream, false).found(measure.formatted(stream.actions()), target),
        weigh(setup, false, stream, false).found("the same with rules that offer nothing", ""));
  }

  static List<Finding> asleep(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 30);
    String measure = "heap per sleeping session of %d actions, keys included, no offers";
    return List.of(
        weigh(setup, false, stream, true)
            .found(measure.formatted(stream.actions()), "750 B, stretch 600 B"),
        weigh(setup, true, stream, true).found("the same with offers", ""));
  }

  private static Weight weigh(Setup setup, boolean offering, GeneratedStream stream, boolean asleep)
      throws IOException {
    Workload steps = setup.steps(50, 2);
    Workload load = offering ? steps : steps.withoutOffers();
    return setup.inWorker("4g", () -> weigh(load, stream, asleep));
  }

  static List<Finding> capacity(Setup setup) throws IOException {
    GeneratedStream live = setup.stream(100_000, 30);
    GeneratedStream sleeping = setup.stream(1_000_000, 30);
    Workload load = setup.steps(50, 2);
    Weight awake = setup.inWorker("1g", () -> weigh(load, live, false));
    Weight asleep = setup.inWorker("1g", () -> weigh(load, sleeping, true));
    return List.of(awake.fits("awake", awake.awake), asleep.fits("sleeping", asleep.asleep));
  }

  static List<Finding> idle(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 5);
    Workload load = setup.steps(50, 2);
    double[] idle = setup.inWorker("4g", () -> leaveAlone(load, stream));
    return List.of(
        new Finding(
            "%,d awake idle sessions, nothing due".formatted(stream.sessions()),
            "2 % of a core",
            Table.percent(idle[0]),
            "%.0f sessions awake, over 20 s".formatted(idle[1])));
  }

  /** How much of a core sessions take that are awake, and how many are. */
  private static double[] leaveAlone(Workload load, GeneratedStream stream) {
    try (Feed feed = new Feed(load, false)) {
      feed.open(stream);
      System.gc();
      // What was compiled or collected late is none of the sessions' business.
      Stopwatch.pause(5);
      Stopwatch watch = new Stopwatch();
      Stopwatch.pause(20);
      return new double[] {watch.cpuSeconds() / watch.seconds(), feed.engine.stats().awake()};
    }
  }

  static List<Finding> pattern(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(5_000, 100);
    File file = setup.scratch().file(stream);
    Workload twoLanes = new Workload(Style.PATTERN, 50, true, 2, setup.vocabulary());
    Workload oneLane = new Workload(Style.PATTERN, 50, true, 1, setup.vocabulary());
    Weight weight = setup.inWorker("4g", () -> weigh(twoLanes, stream, false));
    try (Worker worker = setup.worker("4g")) {
      Pace pace = new Pace(stream, () -> worker.run(() -> Run.replay(oneLane, file)));
      Pace.inTurns(1, setup.rounds(), pace);
      String micros = text("%s us", 1e6 / pace.stricter());
      String measure = "event-pattern rules, 50: an action";
      return List.of(
          weight.found("event-pattern rules, 50: a session", "100 KB"),
          new Finding(measure, "20 us", micros, pace + ", one lane"));
    }
  }

  /**
   * What waking costs: every session gets one action while it is asleep, then another while it is
   * awake; the difference counts, of all threads' processor time or of the clock's.
   */
  static List<Finding> waking(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(20_000, 100);
    Workload load = setup.steps(50, 1);
    int rounds = setup.rounds() + 2;
    Waking found = setup.inWorker("4g", () -> wake(load, stream, rounds));
    double byClock = found.difference(Run::seconds);
    double byCpu = found.difference(Run::cpu);
    String measure = "waking at %d actions, step rules, one lane".formatted(stream.actions());
    String detail = "%s us by the clock, %s us by CPU time: %s us asleep, %s us awake";
    double asleep = found.micros(found.asleep, Run::cpu);
    double awake = found.micros(found.awake, Run::cpu);
    String numbers = text(detail, byClock, byCpu, asleep, awake);
    return List.of(new Finding(measure, "20 us", text("%s us", Math.max(byClock, byCpu)), numbers));
  }

  /** What an action of each session took while it was asleep, and while it was awake. */
  private record Waking(int sessions, List<Run> asleep, List<Run> awake) implements Serializable {

    double micros(List<Run> runs, ToDoubleFunction<Run> time) {
      return Pace.median(runs, time) * 1e6 / sessions;
    }

    double difference(ToDoubleFunction<Run> time) {
      return micros(asleep, time) - micros(awake, time);
    }
  }

  private static Waking wake(Workload load, GeneratedStream stream, int rounds) {
    Waking waking = new Waking(stream.sessions(), new ArrayList<>(), new ArrayList<>());
    try (Feed feed = new Feed(load, true)) {
      feed.open(stream);
      for (int round = 0; round < rounds; round++) {
        feed.putToSleep(stream.sessions());
        waking.asleep.add(oneMore(feed, stream));
        waking.awake.add(oneMore(feed, stream));
      }
    }
    return waking;
  }

  /** One more action of every session, whose frames are made before. */
  private static Run oneMore(Feed feed, GeneratedStream stream) {
    List<byte[]> frames = new ArrayList<>();
    stream.withActions(1).forEach(feed.now(), frame -> frames.add(frame.bytes()));
    Stopwatch watch = new Stopwatch();
    frames.forEach(feed::put);
    feed.await();
    return new Run(0, watch.seconds(), watch.cpuSeconds(), frames.size(), 0, 0);
  }
}
