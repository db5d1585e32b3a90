package dev.tourmaline.benchmarks.behaviour;

import dev.tourmaline.benchmarks.stream.Site;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes rules of one style with varied forms, pages and thresholds; a third names no page. */
public final class RuleGenerator {

  private static final int[] SECONDS = {60, 120, 300, 600};

  private RuleGenerator() {}

  /**
   * {@return the behaviours; the same for the same arguments, and a shorter list begins a longer}
   *
   * @param style how they are to be written
   * @param count how many
   */
  public static List<Behaviour> behaviours(Style style, int count) {
    List<Behaviour> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(i % 3 == 0 ? anywhere(style, i) : onPage(style, i));
    }
    return all;
  }

  private static Behaviour anywhere(Style style, int number) {
    int turn = number / 3;
    Form form = style.anywhere().get(turn % style.anywhere().size());
    int round = turn / style.anywhere().size();
    // Without a page, thresholds are high: who means everybody starts no tours.
    int count = form.least() + 1 + round % 3;
    int seconds =
        switch (form) {
          case RAGE_CLICK -> 3 + round % 3;
          case MANY_CLICKS -> 20 + 10 * (round % 3);
          case SUBMIT_THEN_SUBMIT, SUBMIT_THEN_CLICK -> 5 + round % 20;
          default -> SECONDS[round % SECONDS.length];
        };
    return new Behaviour(number, form, "", "", seconds, count);
  }

  private static Behaviour onPage(Style style, int number) {
    int turn = number - number / 3 - 1;
    Form form = style.onPage().get(turn % style.onPage().size());
    int round = turn / style.onPage().size();
    String page = Site.path(turn * 7 % Site.PAGES);
    String other = Site.path((turn * 11 + 5) % Site.PAGES);
    int seconds = style == Style.PATTERN ? 120 : SECONDS[round % SECONDS.length];
    return new Behaviour(number, form, page, other, seconds, form.least() + round % 2);
  }

  /**
   * {@return the rules for behaviours}
   *
   * @param behaviours the behaviours
   */
  public static RuleSet rules(List<Behaviour> behaviours) {
    String drl = behaviours.stream().map(Behaviour::drl).collect(Collectors.joining("\n"));
    return RuleSet.of("generated.drl", drl);
  }

  /**
   * {@return the same rules with a last condition that is never true, to weigh and to time sessions
   * without what is decided about them}
   *
   * @param behaviours the behaviours
   */
  public static RuleSet rulesThatNeverOffer(List<Behaviour> behaviours) {
    String drl =
        behaviours.stream()
            .map(Behaviour::drl)
            .map(rule -> rule.replace(" )\nthen", ", actionsWithin(\"1s\") > 1000 )\nthen"))
            .collect(Collectors.joining("\n"));
    return RuleSet.of("generated.drl", drl);
  }

  /**
   * {@return rules of one style}
   *
   * @param style how they are to be written
   * @param count how many
   */
  public static RuleSet rules(Style style, int count) {
    return rules(behaviours(style, count));
  }
}
