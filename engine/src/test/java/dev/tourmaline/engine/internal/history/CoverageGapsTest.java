package dev.tourmaline.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Coverage gaps as a set of closed intervals. */
class CoverageGapsTest {

  private final CoverageGaps stream = new CoverageGaps();

  @Provide
  Arbitrary<List<long[]>> intervals() {
    Arbitrary<Integer> begin = Arbitraries.integers().between(0, 200).withoutEdgeCases();
    Arbitrary<Integer> length = Arbitraries.of(0, 0, 1, 2, 5, 30);
    return Combinators.combine(begin, length)
        .as((b, l) -> new long[] {b, b + l})
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 300)
  void intervalsAreMergedWithoutLoss(@ForAll("intervals") List<long[]> intervals) {
    CoverageGaps merged = new CoverageGaps();
    boolean[] blind = new boolean[240];
    for (long[] interval : intervals) {
      merged.add(interval[0], interval[1]);
      for (int i = (int) interval[0]; i <= interval[1]; i++) {
        blind[i] = true;
      }
    }
    for (int from = 0; from < 235; from++) {
      for (int length = 0; length < 4; length++) {
        boolean touched = false;
        for (int i = from; i <= from + length; i++) {
          touched |= blind[i];
        }
        assertThat(merged.touches(from, from + length)).isEqualTo(touched);
        long until = from + length;
        for (long[] interval : intervals) {
          boolean after = interval[1] > from;
          until = after ? Math.min(until, Math.max(from, interval[0])) : until;
        }
        assertThat(merged.seenUntil(from, from + length)).isEqualTo(until);
      }
    }
  }

  @Test
  void whatIsTooManyToRememberErrsTowardsBlindness() {
    for (int i = 0; i < 200; i++) {
      stream.add(10L * i, 10L * i + 1);
    }
    for (int i = 0; i < 200; i++) {
      assertThat(stream.touches(10L * i, 10L * i)).isTrue();
    }
    assertThat(stream.touches(1_985, 1_985)).isFalse();
    assertThat(stream.touches(-10, -1)).isFalse();
  }

  @Test
  void aLossThatGoesOnReachesFromItsBeginOn() {
    stream.begin(100);
    stream.begin(150);
    assertThat(List.of(stream.touches(0, 99), stream.touches(0, 100), stream.touches(500, 900)))
        .containsExactly(false, true, true);
    assertThat(stream.end(200)).isTrue();
    assertThat(stream.end(300)).isFalse();
    assertThat(List.of(stream.touches(200, 900), stream.touches(201, 900)))
        .containsExactly(true, false);
  }
}
