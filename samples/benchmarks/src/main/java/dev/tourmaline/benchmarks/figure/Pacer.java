package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.text;

import java.io.Serializable;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Gives an engine frames at a steady pace, and measures how long their decisions take once it is
 * warm. Used by one thread.
 */
final class Pacer {

  private final Feed feed;
  private final double rate;
  private final double unmeasured;
  private final Histogram sinceGiven = new ConcurrentHistogram(3);
  private final Histogram sinceDue = new ConcurrentHistogram(3);
  private final Stopwatch watch = new Stopwatch();
  private final long begin = Stopwatch.nanos();
  private long sent;

  /** Begins a pace of so many actions a second, of which the first ones are not measured. */
  Pacer(Feed feed, double rate, double unmeasured) {
    this.feed = feed;
    this.rate = rate;
    this.unmeasured = unmeasured;
  }

  /**
   * The nanoseconds of frames from when each was given to the engine and from when it was due,
   * which charges the engine for a sender that had to wait; how many actions a second came, and how
   * many cores the process used.
   */
  record Latencies(Histogram given, Histogram due, double rate, double cores)
      implements Serializable {

    @Override
    public String toString() {
      String all = "since given: %s; since due: %s; %s actions/s, which takes %s cores";
      return text(all, quantiles(given), quantiles(due), rate, cores);
    }

    private static String quantiles(Histogram times) {
      String quantiles = "p50 %s, p99 %s, p99.9 %s ms";
      return text(quantiles, millis(times, 50), millis(times, 99), millis(times, 99.9));
    }

    static double millis(Histogram times, double percent) {
      return times.getValueAtPercentile(percent) / 1e6;
    }
  }

  /** How many actions were given to the engine. */
  long sent() {
    return sent;
  }

  /** Waits until a frame of so many actions is due, and gives it to the engine. */
  void send(byte[] frame, long actions) {
    long due = begin + (long) (sent / rate * Stopwatch.SECOND);
    Stopwatch.waitUntil(due);
    boolean measured = sent >= unmeasured;
    long given = Stopwatch.nanos();
    feed.put(frame)
        .thenRun(
            () -> {
              if (measured) {
                long now = Stopwatch.nanos();
                sinceDue.recordValue(now - due);
                sinceGiven.recordValue(now - given);
              }
            });
    sent += actions;
  }

  /** Waits for the last decisions. */
  Latencies latencies() {
    double seconds = watch.seconds();
    double cores = watch.cpuSeconds() / seconds;
    feed.await();
    Stopwatch.pause(0.3);
    return new Latencies(sinceGiven, sinceDue, sent / seconds, cores);
  }
}
