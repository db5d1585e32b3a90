package dev.tourmaline.engine.internal.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.effect.MatchCollapse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class DailyMatchesTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final String RULE = "Billing revisited";

  private final DailyMatches matches = new DailyMatches();
  private final List<MatchCollapse> reported = new ArrayList<>();

  /** From the last hour of the day before, so that all of the days are seen. */
  private void live(int days, ToIntFunction<LocalDate> countOfDay) {
    liveFrom(MONDAY, days, countOfDay);
  }

  private void liveFrom(LocalDate first, int days, ToIntFunction<LocalDate> countOfDay) {
    reported.addAll(matches.advance(start(first).minusSeconds(60)));
    for (LocalDate day = first; day.isBefore(first.plusDays(days)); day = day.plusDays(1)) {
      for (int hour = 0; hour < 24; hour++) {
        Instant at = start(day).plus(Duration.ofHours(hour));
        reported.addAll(matches.advance(at));
        int count = countOfDay.applyAsInt(day);
        for (int i = hour; i < count; i += 24) {
          matches.matched(RULE, at.plusSeconds(60));
        }
        reported.addAll(matches.advance(at.plus(Duration.ofMinutes(30))));
      }
    }
    reported.addAll(matches.advance(start(first.plusDays(days))));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
  }

  @Test
  void aCollapseIsReportedOnceWithYesterdaysCountAndTheUsualOne() {
    LocalDate redesign = MONDAY.plusDays(15);
    live(20, day -> day.isBefore(redesign) ? 100 : 3);
    assertThat(reported).containsExactly(new MatchCollapse(RULE, redesign, 3, 100));
    assertThat(reported.get(0))
        .hasToString(
            "rule \"Billing revisited\" matched 3 times on 2026-03-17 (UTC), usual on a Tuesday are"
                + " 100: was its page redesigned?");
  }

  @Test
  void aRuleThatMatchesNoLongerAtAllIsReported() {
    live(9, day -> day.isBefore(MONDAY.plusDays(8)) ? 40 : 0);
    assertThat(reported).containsExactly(new MatchCollapse(RULE, MONDAY.plusDays(8), 0, 40));
  }

  @Test
  void quietWeekendsAreUsual() {
    live(28, day -> isWeekend(day) ? 2 : 200);
    assertThat(reported).isEmpty();
  }

  @Test
  void aCampaignAWeekAgoIsNotWhatIsUsual() {
    live(22, day -> day.equals(MONDAY.plusDays(14)) ? 2_000 : 100);
    assertThat(reported).isEmpty();
  }

  @Test
  void ofRareRulesNothingIsSaid() {
    live(22, day -> day.isBefore(MONDAY.plusDays(15)) ? 19 : 0);
    assertThat(reported).isEmpty();
  }

  @Test
  void aSecondCollapseAfterAGoodDayIsReportedAgain() {
    live(20, day -> day.equals(MONDAY.plusDays(15)) || day.equals(MONDAY.plusDays(17)) ? 0 : 100);
    assertThat(reported)
        .extracting(MatchCollapse::day)
        .containsExactly(MONDAY.plusDays(15), MONDAY.plusDays(17));
  }

  @Test
  void daysThatThisProcessHasNotSeenAreNeitherJudgedNorComparedWith() {
    live(15, day -> 100);
    reported.addAll(matches.advance(start(MONDAY.plusDays(17)).plusSeconds(1)));
    reported.addAll(matches.advance(start(MONDAY.plusDays(18))));
    assertThat(reported).as("two days without a call, then one begun late").isEmpty();
    liveFrom(MONDAY.plusDays(18), 7, day -> 100);
    assertThat(reported).isEmpty();
  }

  @Test
  void theDayOfTheStartIsNotCompared() {
    matches.advance(start(MONDAY).plus(Duration.ofHours(1)));
    liveFrom(MONDAY.plusDays(1), 7, day -> 100);
    assertThat(reported).isEmpty();
  }

  @Test
  void aClockThatGoesBackReportsNothing() {
    live(15, day -> 100);
    matches.matched(RULE, start(MONDAY.plusDays(15)).minusSeconds(5));
    matches.matched(RULE, start(MONDAY.plusDays(400)));
    liveFrom(MONDAY.plusDays(15), 10, day -> 100);
    assertThat(reported).isEmpty();
  }

  @Test
  void aRuleThatIsNoMoreIsForgotten() {
    live(14, day -> 100);
    matches.retain(List.of());
    liveFrom(MONDAY.plusDays(14), 3, day -> 0);
    assertThat(reported).isEmpty();
  }
}
