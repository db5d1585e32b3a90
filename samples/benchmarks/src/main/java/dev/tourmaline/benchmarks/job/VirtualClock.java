package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Stopwatch;
import dev.tourmaline.benchmarks.stream.StreamGenerator;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that shows the time of the stream. Moved by one thread, read by any. */
final class VirtualClock implements InstantSource {

  private static final long STANDS = 0;

  private volatile long millis = StreamGenerator.BEGIN;
  private volatile long runsSince = STANDS;

  /** Moves the clock on, never back. */
  void advanceTo(long time) {
    if (time > millis) {
      millis = time;
    }
  }

  /** From now on the clock runs by itself, as fast as any other. */
  void run() {
    runsSince = Stopwatch.nanos();
  }

  @Override
  public long millis() {
    long since = runsSince;
    return since == STANDS ? millis : millis + (Stopwatch.nanos() - since) / 1_000_000;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
