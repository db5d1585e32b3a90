package dev.tourmaline.adapter.autoplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

  /** Always the largest number that is allowed. */
  static RandomGenerator most() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return Long.MAX_VALUE;
      }

      @Override
      public long nextLong(long bound) {
        return bound - 1;
      }
    };
  }

  @Test
  void theCeilingDoublesUpToTheLongest() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), most());

    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      seconds.add(backoff.next(Duration.ZERO).toSeconds());
    }

    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void aStreamThatWorksBeginsAnew() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), most());
    backoff.next(Duration.ZERO);
    backoff.next(Duration.ZERO);
    backoff.reset();

    assertThat(backoff.next(Duration.ZERO)).hasSeconds(1);
  }

  @Test
  void waitsSpreadOverTheWholeRangeBelowTheCeiling() {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(10), new SplittableRandom(7));

    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      waits.add(backoff.next(Duration.ZERO));
    }

    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) <= 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) < 0);
    assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(9)) > 0);
  }

  @Test
  void neverWaitsLessThanTheServerAsks() {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new SplittableRandom(7));

    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next(Duration.ofSeconds(5)))
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    }
  }
}
