package dev.tourmaline.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tourmaline.engine.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

class ThrottledLogTest {

  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Queue<SubstituteLoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final ThrottledLog log =
      new ThrottledLog(new SubstituteLogger("test", events, false), clock);

  @Test
  void ofOneKindFiveLinesPassAndTheOthersAreCounted() {
    frames(1, 1_000_000);
    assertThat(lines())
        .containsExactly("WARN no 1", "WARN no 2", "WARN no 3", "WARN no 4", "WARN no 5");

    clock.advance(PERIOD);
    frames(7, 7);
    assertThat(lines())
        .endsWith("WARN frames: 999995 more such lines were left out in 10 s", "WARN no 7")
        .hasSize(7);
  }

  @Test
  void theNextLineOfAnyKindSaysWhatWasLeftOut() {
    frames(1, 6);
    clock.advance(Duration.ofSeconds(90));
    log.error("rules", "rule {} failed", "r");
    assertThat(lines())
        .endsWith("WARN frames: 1 more such lines were left out in 90 s", "ERROR rule r failed");
  }

  @Test
  void nothingIsSaidWhereNothingWasLeftOut() {
    frames(1, 5);
    clock.advance(PERIOD);
    frames(6, 10);
    assertThat(lines()).hasSize(10).noneMatch(line -> line.contains("left out"));
  }

  @Test
  void aFloodOfOneKindLeavesOtherKindsAlone() {
    frames(1, 1000);
    log.error("rules", "rule {} failed", "r");
    assertThat(lines()).hasSize(6).endsWith("ERROR rule r failed");
  }

  @Test
  void kindsMadeOfInputShareOneLimitBeyondAHundred() {
    IntStream.range(0, 100_000).forEach(i -> log.warn("kind " + i, "no {}", i));
    assertThat(lines()).hasSize(ThrottledLog.MAX_KINDS + 5);

    clock.advance(PERIOD);
    log.warn("kind", "next");
    assertThat(lines()).contains("WARN (other): 99895 more such lines were left out in 10 s");
  }

  @Test
  void aClockSetBackSilencesNothing() {
    frames(1, 6);
    clock.advance(Duration.ofDays(-1));
    frames(7, 7);
    assertThat(lines()).endsWith("WARN no 7");
  }

  @Test
  void aThrowableAtTheEndComesWithItsStack() {
    Throwable cause = new IllegalStateException("full");
    log.error("sinks", "sink {} failed", "jsonl", cause);
    assertThat(events.element().getThrowable()).isSameAs(cause);
  }

  @Test
  void everyLineOfSeveralThreadsIsWrittenOrCounted() {
    IntStream.range(0, 10_000).parallel().forEach(i -> log.warn("frames", "no {}", i));
    clock.advance(PERIOD);
    frames(1, 1);
    assertThat(lines())
        .hasSize(7)
        .contains("WARN frames: 9995 more such lines were left out in 10 s");
  }

  @Test
  void aLimitThatLetsNothingThroughIsRefused() {
    SubstituteLogger any = new SubstituteLogger("test", events, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThrottledLog(any, clock, 0, PERIOD))
        .withMessage("lines is 0, it must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThrottledLog(any, clock, 1, Duration.ZERO))
        .withMessage("period is PT0S, it must be longer than zero");
  }

  private void frames(int from, int to) {
    IntStream.rangeClosed(from, to).forEach(i -> log.warn("frames", "no {}", i));
  }

  private List<String> lines() {
    return events.stream()
        .map(
            event ->
                event.getLevel()
                    + " "
                    + MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray())
                        .getMessage())
        .toList();
  }
}
