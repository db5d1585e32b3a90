package dev.tourmaline.adapter.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until a test moves it. Thread-safe. */
public final class FakeClock implements InstantSource {

  /**
   * Where a clock starts that is told nothing else: 2023-11-14T22:13:20Z, 1700000000 in Unix time.
   */
  public static final Instant START = Instant.ofEpochSecond(1_700_000_000L);

  private Instant now;

  private FakeClock(Instant start) {
    now = start;
  }

  /** {@return a clock that stands at {@link #START}} */
  public static FakeClock create() {
    return at(START);
  }

  /**
   * {@return a clock that stands at an instant}
   *
   * @param start where it stands
   */
  public static FakeClock at(Instant start) {
    return new FakeClock(start);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /**
   * Moves the clock on.
   *
   * @param by how far; negative moves it back
   * @return where it stands now
   */
  public synchronized Instant advance(Duration by) {
    now = now.plus(by);
    return now;
  }

  /**
   * Sets the clock.
   *
   * @param instant where it is to stand
   */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  @Override
  public String toString() {
    return "FakeClock[" + instant() + "]";
  }
}
