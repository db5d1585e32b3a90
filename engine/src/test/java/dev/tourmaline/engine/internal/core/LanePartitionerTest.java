package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.CollidingIds;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LanePartitionerTest {

  private static ActionsEvent batch(List<Integer> sessions) {
    List<UiAction> actions =
        sessions.stream()
            .map(n -> UiAction.builder("click").title("t").sessionId("session-" + n).build())
            .toList();
    return new ActionsEvent("p", "batch", "", "", "", Instant.EPOCH, actions);
  }

  @Property(tries = 300)
  void everyActionGoesInOrderToTheLaneOfItsSession(
      @ForAll @Size(max = 12) List<@IntRange(max = 8) Integer> sessions,
      @ForAll @IntRange(min = 1, max = 4) int lanes) {
    LanePartitioner partitioner = new LanePartitioner(lanes);
    ActionsEvent batch = batch(sessions);
    List<List<UiAction>> expected = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int own = lane;
      expected.add(
          batch.actions().stream().filter(a -> partitioner.laneOf(a.sessionId()) == own).toList());
    }
    int lane = partitioner.laneOf(batch);
    if (lane == LanePartitioner.SEVERAL_LANES) {
      assertThat(expected).filteredOn(part -> !part.isEmpty()).hasSizeGreaterThan(1);
      for (int i = 0; i < lanes; i++) {
        assertThat(partitioner.partOf(batch, i).actions()).isEqualTo(expected.get(i));
      }
    } else {
      assertThat(expected.get(lane)).isEqualTo(batch.actions());
    }
  }

  @Example
  void idsOfEqualHashCodeAreSpreadOverTheLanes() {
    LanePartitioner partitioner = new LanePartitioner(4);
    int[] loads = new int[4];
    CollidingIds.ofEqualHashCode(8_000).forEach(id -> loads[partitioner.laneOf(id)]++);

    assertThat(Arrays.stream(loads).boxed())
        .allSatisfy(load -> assertThat(load).isBetween(1_600, 2_400));
  }

  @Example
  void whatHasNoSessionGoesWhereItsUserStandsInForOne() {
    LanePartitioner partitioner = new LanePartitioner(7);
    int lane = partitioner.laneOf("ann");
    assertThat(partitioner.laneOf(new TriggerEvent("p", "", "ann", "f", ""))).isEqualTo(lane);
    assertThat(partitioner.laneOf(new SummaryEvent("p", "", "ann", "", 0, Instant.EPOCH)))
        .isEqualTo(lane);
    assertThat(
            partitioner.laneOf(
                new ActionsEvent(
                    "p",
                    "",
                    "ann",
                    "",
                    "",
                    Instant.EPOCH,
                    List.of(UiAction.builder("click").build()))))
        .isEqualTo(lane);
  }
}
