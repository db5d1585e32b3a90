package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.listener.EngineStats;
import org.junit.jupiter.api.Test;

class FlowCountsTest {

  private final FlowCounts counts = new FlowCounts();

  @Test
  void madeUpFlowsAreCountedTogetherBeyondAThousand() {
    counts.count("tour_a");
    for (int i = 0; i < 50_000; i++) {
      counts.count("made-up-" + i);
    }
    counts.count("tour_a");

    assertThat(counts.snapshot())
        .hasSize(EngineStats.MAX_FLOWS + 1)
        .containsEntry("tour_a", 2L)
        .containsEntry(EngineStats.OTHER_FLOWS, 50_001L - EngineStats.MAX_FLOWS);
  }
}
