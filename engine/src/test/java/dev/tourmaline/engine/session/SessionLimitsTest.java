package dev.tourmaline.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void theDefaultsAreThoseThatEachLimitStates() {
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(SessionLimits.defaults())
        .isEqualTo(
            new SessionLimits(
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                Duration.ofMinutes(2),
                1000,
                Duration.ofHours(24),
                (int) Math.max(1_000, heap / 10_000),
                2_000_000,
                heap / 2));
  }

  @Test
  void theSessionsThatMayBeAwakeAreThoseOfAllLanesTogether() {
    try (TourEngine engine =
        TourEngine.builder(RuleSet.empty())
            .limits(SessionLimits.defaults().withMaxAwake(6))
            .lanes(3)
            .clock(() -> T0)
            .build()) {
      for (int i = 0; i < 60; i++) {
        UiAction click = UiAction.builder("click").title("t").start(T0).build();
        engine
            .accept(new ActionsEvent("p", "session-" + i, "", "", "", T0, List.of(click)))
            .toCompletableFuture()
            .join();
      }
      assertThat(engine.stats())
          .extracting(EngineStats::sessions, EngineStats::awake, EngineStats::asleep)
          .containsExactly(60L, 6L, 54L);
    }
  }

  @Test
  void eachLaneHasItsShareOfTheSessionsAndBytesThereMayBe() {
    SessionLimits limits =
        SessionLimits.defaults().withMaxAwake(9).withMaxSessions(60).withMaxBytes(9_000_000);
    SessionLimits each = CoreParts.of(p -> new CoverageGaps(), limits, 3, false).limits();

    assertThat(each).isEqualTo(limits.withMaxAwake(3).withMaxSessions(20).withMaxBytes(3_000_000));
    assertThat(limits.withMaxSessions(7).maxSessions()).isEqualTo(7);
  }

  @Test
  void everyLimitThatIsOutOfRangeIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SessionLimits(
                    Duration.ZERO,
                    Duration.ofHours(1),
                    Duration.ofMinutes(-1),
                    0,
                    Duration.ofDays(25),
                    0,
                    -1,
                    0))
        .withMessageContainingAll(
            "idleTimeout is PT0S",
            "sleepAfter is PT-1M",
            "historyAge is PT600H",
            "historySize is 0",
            "maxAwake is 0",
            "maxSessions is -1",
            "maxBytes is 0");
  }
}
