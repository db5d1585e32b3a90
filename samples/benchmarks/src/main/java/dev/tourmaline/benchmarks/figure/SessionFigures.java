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
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What sessions cost by being there: their heap awake and asleep, their time when left alone. */
final class SessionFigures {

  private static final double KILO = 1000;
  private static final double MEGA = 1e6;
  private static final Workload STEPS = Workload.steps(50, 2);

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

  private static long heapInUse() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Stopwatch.pause(0.1);
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  static List<Finding> live(Setup setup) throws IOException {
    String measure = "heap per live session, 50 step rules, %d actions";
    return heap(setup, setup.stream(20_000, 100), false, measure, "8 KB");
  }

  static List<Finding> asleep(Setup setup) throws IOException {
    String measure = "heap per sleeping session of %d actions";
    return heap(setup, setup.stream(100_000, 30), true, measure, "500 B");
  }

  private static List<Finding> heap(
      Setup setup, GeneratedStream stream, boolean asleep, String measure, String target)
      throws IOException {
    Workload silent = STEPS.withoutOffers();
    String with = "the same with what policy and ledger keep of the tours offered";
    return List.of(
        setup
            .inWorker("4g", () -> weigh(silent, stream, asleep))
            .found(measure.formatted(stream.actions()), target),
        setup.inWorker("4g", () -> weigh(STEPS, stream, asleep)).found(with, ""));
  }

  static List<Finding> capacity(Setup setup) throws IOException {
    GeneratedStream live = setup.stream(100_000, 30);
    GeneratedStream sleeping = setup.stream(1_000_000, 30);
    Weight awake = setup.inWorker("1g", () -> weigh(STEPS, live, false));
    Weight asleep = setup.inWorker("1g", () -> weigh(STEPS, sleeping, true));
    return List.of(awake.fits("live", awake.awake), asleep.fits("sleeping", asleep.asleep));
  }

  static List<Finding> idle(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(100_000, 5);
    double[] idle = setup.inWorker("4g", () -> leaveAlone(stream));
    return List.of(
        new Finding(
            "%,d live idle sessions, nothing due".formatted(stream.sessions()),
            "2 % of a core",
            Table.percent(idle[0]),
            "%.0f sessions awake, over 20 s".formatted(idle[1])));
  }

  /** How much of a core sessions take that are awake, and how many are. */
  private static double[] leaveAlone(GeneratedStream stream) {
    try (Feed feed = new Feed(STEPS, false)) {
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
    Workload twoLanes = new Workload(Style.PATTERN, 50, true, 2);
    Workload oneLane = new Workload(Style.PATTERN, 50, true, 1);
    Weight weight = setup.inWorker("4g", () -> weigh(twoLanes, stream, false));
    try (Worker worker = setup.worker("4g")) {
      Pace pace = new Pace(stream, () -> worker.run(() -> Run.replay(oneLane, file)));
      Pace.inTurns(1, setup.rounds(), pace);
      String micros = text("%s us", 1e6 / pace.perSecond());
      String measure = "event-pattern rules, 50: an action";
      return List.of(
          weight.found("event-pattern rules, 50: a session", "100 KB"),
          new Finding(measure, "20 us", micros, pace + ", one lane"));
    }
  }

  /**
   * What waking costs: every session gets one action while it is asleep, then another while it is
   * awake; the difference of the lane's processor time counts.
   */
  static List<Finding> waking(Setup setup) throws IOException {
    GeneratedStream stream = setup.stream(20_000, 100);
    int rounds = setup.rounds() + 2;
    double[] micros = setup.inWorker("4g", () -> wake(stream, rounds));
    String measure = "waking at %d actions, step rules".formatted(stream.actions());
    String detail = "an action takes %s us asleep and %s us awake, of the lane's CPU time";
    String difference = text("%s us", micros[0] - micros[1]);
    return List.of(new Finding(measure, "20 us", difference, text(detail, micros[0], micros[1])));
  }

  /** The lane's microseconds for an action of a session asleep, and of one awake. */
  private static double[] wake(GeneratedStream stream, int rounds) {
    List<Double> asleep = new ArrayList<>();
    List<Double> awake = new ArrayList<>();
    try (Feed feed = new Feed(Workload.steps(50, 1), true)) {
      feed.open(stream);
      for (int round = 0; round < rounds; round++) {
        feed.putToSleep(stream.sessions());
        asleep.add(oneMore(feed, stream));
        awake.add(oneMore(feed, stream));
      }
    }
    return new double[] {Pace.median(asleep, n -> n), Pace.median(awake, n -> n)};
  }

  /** The lane's microseconds for one more action of every session; this thread decodes them. */
  private static double oneMore(Feed feed, GeneratedStream stream) {
    long before = laneNanos();
    GeneratedStream one = new GeneratedStream(stream.sessions(), 1, stream.seed(), stream.first());
    one.forEach(feed.now(), frame -> feed.put(frame.bytes()));
    feed.await();
    return (laneNanos() - before) / 1e3 / stream.sessions();
  }

  private static long laneNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("tourmaline-lane"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }
}
