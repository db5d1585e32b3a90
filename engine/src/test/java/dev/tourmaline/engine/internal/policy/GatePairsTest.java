package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.trigger.Decision.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The gates of the policy are asked in the order of the page, each by itself. */
class GatePairsTest {

  /** Two gates, the earlier one first. */
  private record Pair(Reason earlier, Reason later) {

    /** Why they cannot both be closed; empty if they can. */
    Optional<String> cannotBoth() {
      return later == Reason.OUTRANKED && earlier != Reason.ALREADY_DECIDED
          ? Optional.of("the gates are not asked of what stands behind the admitted offer")
          : Optional.empty();
    }

    @Override
    public String toString() {
      return earlier + " and " + later;
    }
  }

  private static Stream<Pair> pairs() {
    return Arrays.stream(Reason.values())
        .flatMap(
            later ->
                Arrays.stream(Reason.values())
                    .filter(earlier -> earlier.compareTo(later) < 0)
                    .map(earlier -> new Pair(earlier, later)));
  }

  @Test
  void withAllGatesOpenATourIsAdmitted() {
    assertThat(Scenario.with().judged()).isEqualTo("admitted");
    assertThat(Scenario.with().isClosedAtTheLastCheck()).isFalse();
  }

  @TestFactory
  Stream<DynamicTest> eachGateAloneIsTheReason() {
    return Arrays.stream(Reason.values())
        .map(
            gate ->
                DynamicTest.dynamicTest(
                    gate.name(), () -> assertThat(Scenario.with(gate).judged()).isEqualTo(gate)));
  }

  @TestFactory
  Stream<DynamicTest> ofTwoClosedGatesTheEarlierIsTheReason() {
    return pairs()
        .filter(pair -> pair.cannotBoth().isEmpty())
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair.toString(),
                    () -> {
                      assertThat(Scenario.with(pair.later(), pair.earlier()).judged())
                          .isEqualTo(pair.earlier());
                      assertThat(Scenario.with(pair.later()).judged())
                          .as("without the earlier")
                          .isEqualTo(pair.later());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatStandsBehindTheAdmittedOfferIsOutrankedWhateverItsGates() {
    return pairs()
        .filter(pair -> pair.cannotBoth().isPresent() && !holdsBackEverything(pair.earlier()))
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair.toString(),
                    () ->
                        assertThat(Scenario.with(pair.earlier(), pair.later()).judged())
                            .isEqualTo(Reason.OUTRANKED)));
  }

  /** Whether it closes for the better offer of the same moment too. */
  private static boolean holdsBackEverything(Reason gate) {
    return switch (gate) {
      case OPTED_OUT,
          NEVER_ON,
          STALE,
          ELSEWHERE,
          QUIET_HOURS,
          TOUR_RUNNING,
          BETWEEN_TOURS,
          HOURLY_CAP,
          DAILY_CAP,
          WEEKLY_CAP ->
          true;
      default -> false;
    };
  }

  @Test
  void withAllGatesClosedTheyOpenInTheirOrder() {
    Set<Reason> closed = EnumSet.complementOf(EnumSet.of(Reason.OUTRANKED));
    for (Reason gate : EnumSet.copyOf(closed)) {
      assertThat(Scenario.with(closed).judged()).isEqualTo(gate);
      closed.remove(gate);
    }
    assertThat(closed).isEmpty();
  }

  @Test
  void aForcedTourIsHeldBackByAnOperatorTheVisitorOrATourAlone() {
    for (Reason gate : Reason.values()) {
      boolean isAsked =
          EnumSet.of(Reason.SWITCHED_OFF, Reason.OPTED_OUT, Reason.TOUR_RUNNING).contains(gate);
      assertThat(Scenario.with(gate).forced()).isEqualTo(isAsked ? gate : "admitted");
    }
  }
}
