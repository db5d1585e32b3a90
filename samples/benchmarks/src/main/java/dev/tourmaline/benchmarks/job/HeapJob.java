package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Heap;
import dev.tourmaline.engine.listener.EngineStats;

/** Fills an engine with sessions and weighs them, awake or asleep, against the empty engine. */
final class HeapJob {

  private HeapJob() {}

  static Values run(Values told) {
    int sessions = told.whole("sessions");
    int actions = told.whole("actions");
    boolean asleep = told.text("asleep").equals("yes");
    try (Feed feed = new Feed(told, asleep ? Feed.USUAL : Feed.NEVER)) {
      long empty = Heap.used();
      feed.open(sessions, actions);
      if (asleep) {
        feed.putToSleep(sessions);
      }
      long full = Heap.used();
      EngineStats stats = feed.engine.stats();
      return Values.none()
          .with("awake", stats.awake())
          .with("asleep", stats.asleep())
          .with("actions", stats.actions())
          .with("empty", empty)
          .with("full", full)
          .with("each", (full - empty) / (double) sessions);
    }
  }
}
