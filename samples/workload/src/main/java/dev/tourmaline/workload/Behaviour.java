package dev.tourmaline.workload;

import java.util.Locale;

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
}
