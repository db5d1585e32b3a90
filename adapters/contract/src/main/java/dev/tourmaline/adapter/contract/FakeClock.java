package dev.tourmaline.adapter.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until a test moves it. Thread-safe. */
public final class FakeClock implements InstantSource {

  /**
   * Where a clock starts that is told nothing else: 2023-11-14T22:13:20Z, 1700000000 in Unix time.
   */
  public static final Instant START = Instant.ofEpochSecond(1_700_000_000L);

  private final AtomicReference<Instant> now;

  private FakeClock(Instant start) {
    now = new AtomicReference<>(start);
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
  public Instant instant() {
    return now.get();
  }

  /**
   * Moves the clock on.
   *
   * @param by how far; negative moves it back
   * @return where it stands now
   */
  public Instant advance(Duration by) {
    return now.updateAndGet(instant -> instant.plus(by));
  }

  /**
   * Sets the clock.
   *
   * @param instant where it is to stand
   */
  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public String toString() {
    return "FakeClock[" + instant() + "]";
  }
}
