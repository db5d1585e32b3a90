package dev.tourmaline.daemon;

import java.time.Duration;

/** Measures how long something takes here. */
final class Stopwatch {

  private final long start = System.nanoTime();

  private Stopwatch() {}

  static Stopwatch started() {
    return new Stopwatch();
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
