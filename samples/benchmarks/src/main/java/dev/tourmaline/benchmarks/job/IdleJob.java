package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Stopwatch;

/** Leaves an engine full of sessions alone, on a clock that runs, and looks what it costs. */
final class IdleJob {

  private IdleJob() {}

  static Values run(Values told) {
    try (Feed feed = new Feed(told, Feed.NEVER)) {
      feed.open(told.whole("sessions"), told.whole("actions"));
      System.gc();
      feed.clock.run();
      // What was compiled or collected late is none of the sessions' business.
      Stopwatch.pause(told.number("wait"));
      Stopwatch watch = Stopwatch.started();
      Stopwatch.pause(told.number("seconds"));
      double cores = watch.cpuSeconds() / watch.seconds();
      return Values.none().with("cores", cores).with("awake", feed.engine.stats().awake());
    }
  }
}
