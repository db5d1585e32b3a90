package dev.tourmaline.adapter.autoplay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter between connection attempts, on top of what the server asked
 * for: a random part of a ceiling that doubles with each attempt. Used by the source's thread
 * alone.
 */
final class Backoff {

  /** What a server may ask for at most; a longer time is cut to this. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

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

  /** */
  Duration next(Duration retryAfter) {
    Duration jitter = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
    Duration doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(longest) < 0 ? doubled : longest;
    Duration floor =
        retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER;
    return floor.plus(jitter);
  }

  /** The stream works again: the next wait is short. */
  void reset() {
    ceiling = first;
  }
}
