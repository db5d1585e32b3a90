package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.MatchCollapse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The matches of each rule by day (UTC), of 15 days; sees those that collapse.
 *
 * <p>A day that is over is compared with the same weekday one and two weeks before: weekends differ
 * from working days by more than any threshold could forgive. The lower of the two is what is
 * usual, since the other may have been a campaign's. A day of a tenth of that, or less, has
 * collapsed. Under {@value #ENOUGH} usual matches nothing is said: of so few, chance may leave as
 * little. A rule is reported on the first day of a collapse, and again only after a day that was
 * well.
 *
 * <p>A day that this process has not seen whole, from its first minute and without an hour in which
 * nobody called, is neither judged nor compared with. A clock that goes back within a day changes
 * nothing; one that goes back by days begins anew.
 *
 * <p>Thread-safe. A match costs O(1).
 */
public final class DailyMatches {

  private static final int DAYS = 15;
  private static final int WEEK = 7;
  private static final int ENOUGH = 20;
  private static final int TENTH = 10;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long BLIND_AFTER = Duration.ofHours(1).toMillis();

  private final Map<String, Days> rules = new TreeMap<>();
  private final boolean[] seenWhole = new boolean[DAYS];
  private final List<MatchCollapse> collapses = new ArrayList<>();
  private long latest = Long.MIN_VALUE;
  private long today = Long.MIN_VALUE;

  /** What is kept of a rule. */
  private static final class Days {
    private final int[] matches = new int[DAYS];
    private boolean collapsed;
  }

  /** Counts a match of a rule. */
  public synchronized void matched(String rule, Instant at) {
    moveTo(at.toEpochMilli());
    int[] matches = rules.computeIfAbsent(rule, name -> new Days()).matches;
    matches[slot(today)] = Math.addExact(matches[slot(today)], 1);
  }

  /** Forgets rules that are no more. */
  public synchronized void retain(Collection<String> names) {
    rules.keySet().retainAll(names);
  }

  /**
   * Closes the days that are over. To be called every few minutes, also where nothing happens.
   *
   * @return the rules whose matches have collapsed, each once, by day and name
   */
  public synchronized List<MatchCollapse> advance(Instant now) {
    moveTo(now.toEpochMilli());
    List<MatchCollapse> reported = List.copyOf(collapses);
    collapses.clear();
    return reported;
  }

  private void moveTo(long millis) {
    long day = Math.floorDiv(millis, DAY);
    if (today == Long.MIN_VALUE || day < today - 1 || day > today + DAYS) {
      beginAnew(day);
    }
    if (millis - latest > BLIND_AFTER && day >= today) {
      seenWhole[slot(today)] = false;
    }
    boolean blind = latest == Long.MIN_VALUE || millis - latest > BLIND_AFTER;
    while (today < day) {
      close();
      today++;
      seenWhole[slot(today)] = !blind;
      rules.values().forEach(rule -> rule.matches[slot(today)] = 0);
    }
    latest = millis;
  }

  private void beginAnew(long day) {
    today = day;
    latest = Long.MIN_VALUE;
    Arrays.fill(seenWhole, false);
    rules.values().forEach(rule -> Arrays.fill(rule.matches, 0));
  }

  /** Judges the day that is over. */
  private void close() {
    if (!seenWhole[slot(today)]) {
      return;
    }
    rules.forEach(
        (name, rule) -> {
          int usual = usual(rule);
          if (usual >= ENOUGH) {
            int matches = rule.matches[slot(today)];
            boolean collapsed = matches <= usual / TENTH;
            if (collapsed && !rule.collapsed) {
              collapses.add(new MatchCollapse(name, LocalDate.ofEpochDay(today), matches, usual));
            }
            rule.collapsed = collapsed;
          }
        });
  }

  /** Of the same weekday, in the weaker of two weeks; 0 where none was seen whole. */
  private int usual(Days rule) {
    int weekAgo = slot(today - WEEK);
    int twoWeeksAgo = slot(today - 2 * WEEK);
    if (seenWhole[weekAgo] && seenWhole[twoWeeksAgo]) {
      return Math.min(rule.matches[weekAgo], rule.matches[twoWeeksAgo]);
    }
    return seenWhole[weekAgo]
        ? rule.matches[weekAgo]
        : seenWhole[twoWeeksAgo] ? rule.matches[twoWeeksAgo] : 0;
  }

  private static int slot(long day) {
    return (int) Math.floorMod(day, (long) DAYS);
  }
}
