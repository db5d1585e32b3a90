package dev.tourmaline.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoakTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);

  @Test
  void everythingThatIsToGoWrongGoesWrong() throws Exception {
    Visitors visitors = new Visitors(100, Duration.ofMinutes(1), 7);
    try (Simulation simulation = new Simulation(visitors, new RuleVersions(6), 2, out)) {
      simulation.warmUp(Duration.ofMinutes(1));
      Verdict verdict = simulation.run(12, 3);
      Happenings happened = simulation.happened();
      assertThat(happened.of("rules replaced")).isEqualTo(12);
      assertThat(happened.of("file rotated")).isEqualTo(4);
      assertThat(happened.of("source Lost")).isEqualTo(2);
      assertThat(happened.of("source Open")).isEqualTo(3);
      assertThat(happened.of("feedback")).isPositive();
      assertThat(happened.of("sink jsonl: delivered")).isPositive();
      assertThat(happened.of("sink browser: refused")).isPositive();
      assertThat(happened.of("sink failing: delivered")).isPositive();
      assertThat(happened.of("sink failing: refused")).isPositive();
      assertThat(happened.of("sink failing: retry")).isPositive();
      assertThat(happened.of("rule Throws an exception: failed")).isPositive();
      assertThat(happened.of("rule Throws an error: failed")).isPositive();
      assertThat(verdict.faults()).noneMatch(fault -> fault.contains("lost"));
    }
    List<String> table = printed.toString(UTF_8).lines().toList();
    assertThat(table).hasSize(6);
    assertThat(table.get(0)).startsWith("| hour | wall s | actions |");
    assertThat(number(table.get(5), Column.GAPS)).isPositive();
    assertThat(number(table.get(5), Column.REPEATS)).isPositive();
    assertThat(number(table.get(5), Column.ACTIONS)).isGreaterThan(50_000);
    assertThat(number(table.get(5), Column.LOST)).isZero();
  }

  private static long number(String row, Column column) {
    return Long.parseLong(row.split(" *\\| *")[column.ordinal() + 1].replace(",", ""));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HEAP", "METASPACE", "CLASSES", "THREADS", "FILES", "AWAKE", "ASLEEP", "LOST"})
  void aLeakIsNamedByItsColumn(Column leaking) {
    List<Row> rows = new ArrayList<>();
    for (int hour = 1; hour <= 24; hour++) {
      rows.add(row(hour, leaking, 100 + hour));
    }
    Verdict verdict = Verdict.of(rows);
    assertThat(verdict.isFlat()).isFalse();
    assertThat(verdict.faults()).hasSize(1);
    assertThat(verdict).hasToString("NOT FLAT: " + verdict.faults().get(0));
    assertThat(verdict.faults().get(0))
        .isEqualTo(leaking + " is not flat: 109.5 in the second quarter, 121.5 in the last");
  }

  @Test
  void tablesThatFillInTheFirstQuarterAreFlat() {
    List<Row> rows = new ArrayList<>();
    for (int hour = 1; hour <= 24; hour++) {
      rows.add(row(hour, Column.HEAP, Math.min(600, 100 * hour) + hour % 3));
    }
    assertThat(Verdict.of(rows)).hasToString("flat");
    assertThat(Verdict.of(rows).and(false, "a thread is dead"))
        .hasToString("NOT FLAT: a thread is dead");
  }

  private static Row row(int hour, Column other, double value) {
    Map<Column, Double> values = new EnumMap<>(Column.class);
    Arrays.stream(Column.values()).forEach(column -> values.put(column, 100.0));
    values.put(Column.HOUR, (double) hour);
    values.put(Column.ACTIONS, hour * 1_000.0);
    values.put(other, value);
    return new Row(values);
  }

  @Test
  void aRunThatIsTooShortForAVerdictIsRefused() {
    assertThat(Soak.run(out, "--hours", "3")).isEqualTo(2);
    assertThat(printed.toString(UTF_8)).contains("3.0 hours with one every 60 min are too few");
  }
}
