package dev.tourmaline.engine.effect;

import java.time.LocalDate;
import java.util.Locale;

/**
 * A rule that matches no longer as it used to: most often, its page was redesigned.
 *
 * @param rule the rule's name
 * @param day the day that is over, in UTC
 * @param matches how often the rule matched on that day
 * @param usual how often it matched on that weekday, in the weaker of the two weeks before
 */
public record MatchCollapse(String rule, LocalDate day, int matches, int usual) {

  /** {@return the collapse in a sentence} */
  @Override
  public String toString() {
    return "rule \"%s\" matched %d times on %s (UTC), usual on a %s are %d: was its page redesigned?"
        .formatted(rule, matches, day, weekday(), usual);
  }

  private String weekday() {
    String name = day.getDayOfWeek().name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
