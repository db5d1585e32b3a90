package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a sink's outages: the first failure, the first trigger lost, and the recovery with the
 * counts of both; three lines, however long an outage lasts. Thread-safe.
 */
final class SinkOutage {

  private final String sink;
  private final Logger log;
  private final ThrottledLog throttled;
  private long failures;
  private long lost;
  private boolean ended;

  SinkOutage(String sink, InstantSource clock) {
    this(sink, LoggerFactory.getLogger(SinkOutage.class), clock);
  }

  SinkOutage(String sink, Logger log, InstantSource clock) {
    this.sink = sink;
    this.log = log;
    this.throttled = new ThrottledLog(log, clock);
  }

  /** A delivery failed and is tried again. */
  synchronized void failed(String why) {
    if (failures++ == 0 && !ended) {
      throttled.warn(
          "outages of sinks", "sink {} fails, its triggers are tried again: {}", sink, why);
    }
  }

  /** A trigger will not be delivered. */
  synchronized void lost(TourTrigger trigger, String why) {
    if (lost++ == 0 && !ended) {
      throttled.error(
          "lost triggers",
          "sink {} loses triggers from {} on, which are counted: {}",
          sink,
          trigger.id(),
          why);
    }
  }

  /** A delivery arrived. */
  synchronized void delivered() {
    if (failures + lost > 0) {
      log.info("sink {} works again; failed attempts {}, triggers lost {}", sink, failures, lost);
      failures = 0;
      lost = 0;
    }
  }

  /** The sink is closed, with so many triggers on their way. */
  synchronized void end(int undelivered) {
    ended = true;
    if (undelivered + lost > 0) {
      log.warn(
          "sink {} ends with {} triggers undelivered, after it lost {}", sink, undelivered, lost);
    }
  }
}
