package dev.tourmaline.benchmarks.workload;

import dev.tourmaline.engine.rule.RuleSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One behaviour to look for.
 *
 * @param page the page it is about, or empty text for any
 * @param other the other page it is about, or empty text
 * @param seconds the window
 * @param count how often
 */
public record Behaviour(int number, Form form, String page, String other, int seconds, int count) {

  public String drl() {
    return """
        rule "Behaviour %1$03d"
            @flow("tour_%1$03d") @priority(%2$d)
        when
            %3$s
        then
            tours.offer($a, "%4$s");
        end
        """
        .formatted(
            number, 40 + number % 40, form.patternsOf(this), form.name().toLowerCase(Locale.ROOT));
  }

  /**
   * {@return the rules that recognise behaviours; not {@code offering}, they have a last condition
   * that is never true, to weigh sessions without what is decided about them}
   */
  public static RuleSet rules(List<Behaviour> behaviours, boolean offering) {
    String drl = behaviours.stream().map(Behaviour::drl).collect(Collectors.joining("\n"));
    String silent = drl.replace(" )\nthen", ", actionsWithin(\"1s\") > 1000 )\nthen");
    return RuleSet.of("generated.drl", offering ? drl : silent);
  }
}
