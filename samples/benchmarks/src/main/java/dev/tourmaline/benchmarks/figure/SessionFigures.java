package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.text;

import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.benchmarks.workload.GeneratedStream;
import dev.tourmaline.benchmarks.workload.Style;
import dev.tourmaline.benchmarks.workload.Workload;
import dev.tourmaline.engine.listener.EngineStats;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What sessions cost by being there: their heap awake and asleep, their time when left alone. */
final class SessionFigures {

  private static final double KILO = 1000;
  private static final double MEGA = 1e6;

  private SessionFigures() {}

  /** How many of a stream's sessions are awake and asleep, and the heap before and with them. */
  record Weight(GeneratedStream stream, long awake, long asleep, long empty, long full)
      implements Serializable {

    /** The bytes of a session. */
    double each() {
      return (full - empty) / (double) stream.sessions();
    }

    private Finding found(String measure, String target) {
      String size = each() < KILO ? text("%s B", each()) : text("%s KB", each() / KILO);
      return new Finding(measure, target, size, detail());
    }

    private Finding fits(String state, long there) {
      String measure = "%,d %s sessions of %d actions";
      return new Finding(
          text(measure, stream.sessions(), state, stream.actions()),
          "in 1 GB of heap",
          there < stream.sessions() ? "not all are there" : text("%s MB", full / MEGA),
          detail() + ", -Xmx1g");
    }

    private String detail() {
      String sessions = "%,d sessions of %d actions: %d awake, %d asleep, ";
      return text(sessions, stream.sessions(), stream.actions(), awake, asleep)
          + text("%s MB above the empty engine's %s MB", (full - empty) / MEGA, empty / MEGA);
    }
  }

  /** How much of a core sessions take that are awake. */
  record Idleness(double cores, long awake) implements Serializable {}

  /** Fills an engine with sessions and weighs them, in this JVM. */
  static Weight weigh(Workload load, GeneratedStream stream, boolean asleep) {
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

  private static long heapInUse() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Stopwatch.pause(0.1);
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  /** Leaves an engine full of sessions alone on a clock that runs, in this JVM. */
  static Idleness leaveAlone(Workload load, GeneratedStream stream, double wait, double seconds) {
    try (Feed feed = new Feed(load, false)) {
      feed.open(stream);
      System.gc();
      feed.letTimeRun();
      // What was compiled or collected late is none of the sessions' business.
      Stopwatch.pause(wait);
      Stopwatch watch = new Stopwatch();
      Stopwatch.pause(seconds);
      double cores = watch.cpuSeconds() / watch.seconds();
      return new Idleness(cores, feed.engine.stats().awake());
    }
  }

  static List<Finding> live(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(20_000, 100);
    String measure = "heap per live session, 50 step rules, %d actions";
    return heap(setup, stream, false, text(measure, stream.actions()), "8 KB");
  }

  static List<Finding> asleep(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 30);
    String measure = "heap per sleeping session of %d actions";
    return heap(setup, stream, true, text(measure, stream.actions()), "500 B");
  }

  private static List<Finding> heap(
      Setup setup, GeneratedStream stream, boolean asleep, String measure, String target)
      throws IOException {
    Workload load = setup.steps(50, 2);
    Workload silent = load.withoutOffers();
    String with = "the same with what policy and ledger keep of the tours offered";
    return List.of(
        setup.inWorker("4g", () -> weigh(silent, stream, asleep)).found(measure, target),
        setup.inWorker("4g", () -> weigh(load, stream, asleep)).found(with, ""));
  }

  static List<Finding> capacity(Setup setup) throws IOException {
    Workload load = setup.steps(50, 2);
    GeneratedStream live = setup.stream(100_000, 30);
    GeneratedStream sleeping = setup.stream(1_000_000, 30);
    Weight awake = setup.inWorker("1g", () -> weigh(load, live, false));
    Weight asleep = setup.inWorker("1g", () -> weigh(load, sleeping, true));
    return List.of(awake.fits("live", awake.awake), asleep.fits("sleeping", asleep.asleep));
  }

  static List<Finding> idle(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 5);
    Workload load = setup.steps(50, 2);
    Idleness idle = setup.inWorker("4g", () -> leaveAlone(load, stream, 5, 20));
    String measure = text("%,d live idle sessions, nothing due", stream.sessions());
    String detail = idle.awake + " sessions awake, over 20 s";
    return List.of(new Finding(measure, "2 % of a core", Table.percent(idle.cores), detail));
  }

  static List<Finding> pattern(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(5_000, 100);
    File file = setup.scratch().file(stream);
    Workload twoLanes = setup.load(Style.PATTERN, 50, 2);
    Workload oneLane = setup.load(Style.PATTERN, 50, 1);
    Weight weight = setup.inWorker("4g", () -> weigh(twoLanes, stream, false));
    try (Worker worker = setup.worker("4g")) {
      Pace pace = new Pace(stream, () -> worker.run(() -> Runs.replay(oneLane, file)));
      Pace.inTurns(1, setup.rounds(), pace);
      String micros = text("%s us", 1e6 / pace.perSecond());
      String measure = "event-pattern rules, 50: an action";
      return List.of(
          weight.found("event-pattern rules, 50: a session", "100 KB"),
          new Finding(measure, "20 us", micros, pace + ", one lane"));
    }
  }
}
