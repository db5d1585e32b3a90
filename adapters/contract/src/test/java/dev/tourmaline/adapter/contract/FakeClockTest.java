package dev.tourmaline.adapter.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FakeClockTest {

  @Test
  void standsUntilItIsMoved() {
    FakeClock clock = FakeClock.create();

    assertThat(clock.instant()).isEqualTo(FakeClock.START).isEqualTo(clock.instant());
    assertThat(clock.advance(Duration.ofMinutes(2)))
        .isEqualTo(FakeClock.START.plusSeconds(120))
        .isEqualTo(clock.instant());
  }

  @Test
  void canBeSetBack() {
    FakeClock clock = FakeClock.create();
    clock.set(Instant.EPOCH);
    assertThat(clock.millis()).isZero();
  }
}
