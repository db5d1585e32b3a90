package dev.tourmaline.adapter.autoplay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random part of a ceiling that doubles with each
 * attempt ("full jitter"), on top of what the server asked for. Used by the source's thread alone.
 */
final class Backoff {

  /** What a server may ask for at most; a longer wish is cut to this. */
  static final Duration LONGEST_WISH = Duration.ofHours(1);

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration ceiling;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.ceiling = first;
  }

  /**
   * @param wish what the server asked for, zero for nothing
   */
  Duration next(Duration wish) {
    Duration jitter = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
    Duration doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(longest) < 0 ? doubled : longest;
    Duration floor = wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH;
    return floor.plus(jitter);
  }

  /** The stream works again: the next wait is short. */
  void reset() {
    ceiling = first;
  }
}
