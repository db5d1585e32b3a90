package dev.tourmaline.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tourmaline.engine.listener.EngineStats;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.ToDoubleFunction;

/** A column of the table: how it is measured, and by what share a flat one may change. */
enum Column {
  HOUR("hour", Column.ANY, Moment::hour),
  WALL("wall s", Column.ANY, Moment::wall),
  ACTIONS("actions", Column.ANY, now -> now.stats().actions()),
  PACE("actions/s", Column.ANY, Moment::pace),
  HEAP("heap MB", 0.10, now -> heap()),
  METASPACE("metaspace MB", 0.10, now -> metaspace()),
  CLASSES("classes", 0.10, now -> ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()),
  THREADS("threads", 0, now -> threads()),
  FILES("files", 0, now -> files()),
  AWAKE("awake", 0.10, now -> now.stats().awake()),
  ASLEEP("asleep", 0.10, now -> now.stats().asleep()),
  GAPS("gaps", Column.ANY, now -> now.stats().coverageGaps()),
  LATE("late", Column.ANY, now -> now.stats().late()),
  REPEATS("repeats", Column.ANY, now -> now.stats().repeats()),
  OFFERS("offers", Column.ANY, now -> sum(now.stats().offersByFlow())),
  TRIGGERS("triggers", Column.ANY, now -> sum(now.stats().triggersByFlow())),
  RULE_FAILURES("rule failures", Column.ANY, now -> now.stats().ruleFailures()),
  LOST("lost", 0, now -> now.stats().lost());

  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final double MB = 1 << 20;

  private final String title;
  private final double tolerance;
  private final ToDoubleFunction<Moment> measure;

  /**
   * When a row is measured.
   *
   * @param hour simulated
   * @param wall seconds that have really passed
   * @param pace actions per such second since the row before
   */
  record Moment(double hour, double wall, double pace, EngineStats stats) {}

  Column(String title, double tolerance, ToDoubleFunction<Moment> measure) {
    this.title = title;
    this.tolerance = tolerance;
    this.measure = measure;
  }

  double at(Moment moment) {
    return measure.applyAsDouble(moment);
  }

  boolean isFlat(double before, double after) {
    return tolerance == ANY || Math.abs(after - before) <= tolerance * before;
  }

  private static double heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MB;
  }

  private static double metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .mapToLong(pool -> pool.getUsage().getUsed())
            .sum()
        / MB;
  }

  /** How many threads there are, but for workers of pools, which end when they are idle. */
  private static double threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !(thread instanceof ForkJoinWorkerThread))
        .count();
  }

  /** How many files are open; 0 where the platform does not say. */
  private static double files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static double sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String toString() {
    return title;
  }
}
