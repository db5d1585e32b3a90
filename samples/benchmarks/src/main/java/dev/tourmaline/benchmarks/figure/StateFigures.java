package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.job.Job;
import dev.tourmaline.benchmarks.job.Values;
import dev.tourmaline.benchmarks.job.Worker;
import dev.tourmaline.benchmarks.measure.Table;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.IOException;
import java.util.List;

/** What sessions cost while they are there: awake, asleep, waking, left alone. */
final class StateFigures {

  private static final double KILO = 1000;
  private static final String WITH_DECISIONS =
      "the same with what policy and ledger keep of the tours offered";

  private StateFigures() {}

  private static Values heap(
      Setup setup, String heap, StreamShape shape, String style, String asleep, String offers)
      throws IOException {
    try (Worker worker = setup.worker(heap)) {
      return worker.run(
          Job.HEAP,
          setup
              .rules(style, 50, 2)
              .with("sessions", shape.sessions())
              .with("actions", shape.actions())
              .with("asleep", asleep)
              .with("offers", offers));
    }
  }

  private static String detail(StreamShape shape, Values heap) {
    return "%,d sessions of %d actions: %s awake, %s asleep, %s MB above the empty engine's %s MB"
        .formatted(
            shape.sessions(),
            shape.actions(),
            heap.text("awake"),
            heap.text("asleep"),
            Table.number((heap.number("full") - heap.number("empty")) / 1e6),
            Table.number(heap.number("empty") / 1e6));
  }

  static List<Finding> live(Setup setup) throws IOException {
    StreamShape shape = setup.shape(20_000, 100);
    String measure = "heap per live session, 50 step rules, %d actions".formatted(shape.actions());
    return List.of(
        each(measure, "8 KB", shape, heap(setup, "4g", shape, "step", "no", "none")),
        each(WITH_DECISIONS, "", shape, heap(setup, "4g", shape, "step", "no", "some")));
  }

  static List<Finding> asleep(Setup setup) throws IOException {
    StreamShape shape = setup.shape(100_000, 30);
    String measure = "heap per sleeping session of %d actions".formatted(shape.actions());
    return List.of(
        each(measure, "500 B", shape, heap(setup, "4g", shape, "step", "yes", "none")),
        each(WITH_DECISIONS, "", shape, heap(setup, "4g", shape, "step", "yes", "some")));
  }

  private static Finding each(String measure, String target, StreamShape shape, Values heap) {
    double bytes = heap.number("each");
    String value = bytes < KILO ? Table.number(bytes) + " B" : Table.number(bytes / KILO) + " KB";
    return new Finding(measure, target, value, detail(shape, heap));
  }

  static List<Finding> capacity(Setup setup) throws IOException {
    StreamShape live = setup.shape(100_000, 30);
    StreamShape sleeping = setup.shape(1_000_000, 30);
    return List.of(
        fits(live, heap(setup, "1g", live, "step", "no", "some")),
        fits(sleeping, heap(setup, "1g", sleeping, "step", "yes", "some")));
  }

  private static Finding fits(StreamShape shape, Values heap) {
    boolean live = heap.number("awake") == shape.sessions();
    String state = live ? "live" : "sleeping";
    boolean all = live || heap.number("asleep") == shape.sessions();
    return new Finding(
        "%,d %s sessions of %d actions".formatted(shape.sessions(), state, shape.actions()),
        "in 1 GB of heap",
        all ? "%s MB".formatted(Table.number(heap.number("full") / 1e6)) : "not all are there",
        detail(shape, heap) + ", -Xmx1g");
  }

  static List<Finding> waking(Setup setup) throws IOException {
    StreamShape shape = setup.shape(20_000, 100);
    try (Worker worker = setup.worker("4g")) {
      Values wake =
          worker.run(
              Job.WAKE,
              setup
                  .rules("step", 50, 1)
                  .with("sessions", shape.sessions())
                  .with("actions", shape.actions())
                  .with("rounds", setup.rounds() + 2));
      return List.of(
          new Finding(
              "waking at %d actions, step rules".formatted(shape.actions()),
              "20 us",
              Table.number(wake.number("micros")) + " us",
              "an action takes %s us asleep and %s us awake, of the lane's CPU time"
                  .formatted(
                      Table.number(wake.number("asleep")), Table.number(wake.number("awake")))));
    }
  }

  static List<Finding> idle(Setup setup) throws IOException {
    StreamShape shape = setup.shape(100_000, 5);
    try (Worker worker = setup.worker("4g")) {
      Values idle =
          worker.run(
              Job.IDLE,
              setup
                  .rules("step", 50, 2)
                  .with("sessions", shape.sessions())
                  .with("actions", shape.actions())
                  .with("wait", 5)
                  .with("seconds", 20));
      return List.of(
          new Finding(
              "%,d live idle sessions, nothing due".formatted(shape.sessions()),
              "2 % of a core",
              Table.percent(idle.number("cores")),
              "%s sessions awake, over 20 s".formatted(idle.text("awake"))));
    }
  }

  static List<Finding> pattern(Setup setup) throws IOException {
    StreamShape shape = setup.shape(5_000, 100);
    Values heap = heap(setup, "4g", shape, "pattern", "no", "some");
    Pace pace = new Pace(shape.totalActions());
    try (Worker worker = setup.worker("4g")) {
      Values told = setup.rules("pattern", 50, 1).with("file", setup.file(shape));
      worker.run(Job.REPLAY, told);
      for (int round = 0; round < setup.rounds(); round++) {
        pace.add(worker.run(Job.REPLAY, told));
      }
    }
    return List.of(
        new Finding(
            "event-pattern rules, 50: a session",
            "100 KB",
            Table.number(heap.number("each") / KILO) + " KB",
            detail(shape, heap)),
        new Finding(
            "event-pattern rules, 50: an action",
            "20 us",
            Table.number(1e6 / pace.perSecond()) + " us",
            pace + ", one lane"));
  }

  static List<Finding> latency(Setup setup) throws IOException {
    StreamShape shape = setup.shape(100_000, 12);
    int rate = 20_000;
    try (Worker worker = setup.worker("4g")) {
      Values latency =
          worker.run(
              Job.LATENCY,
              setup
                  .rules("step", 50, 2)
                  .with("file", setup.file(shape))
                  .with("opening", shape.sessions() * 2L)
                  .with("rate", rate)
                  .with("warm", 5)
                  .with("seconds", 20));
      return List.of(
          new Finding(
              "accept to decision at %,d actions/s, %,d sessions".formatted(rate, shape.sessions()),
              "p99 under 2 ms",
              "p99 %s ms".formatted(Table.number(latency.number("given99"))),
              latencies(latency)));
    }
  }

  /** All quantiles of a run, in words. */
  static String latencies(Values latency) {
    return "p50 %s, p99 %s, p99.9 %s ms; from when it was due: p50 %s, p99 %s, p99.9 %s ms; %s"
            .formatted(
                Table.number(latency.number("given50")),
                Table.number(latency.number("given99")),
                Table.number(latency.number("given999")),
                Table.number(latency.number("due50")),
                Table.number(latency.number("due99")),
                Table.number(latency.number("due999")),
                Table.number(latency.number("rate")))
        + " actions/s, two lanes";
  }
}
