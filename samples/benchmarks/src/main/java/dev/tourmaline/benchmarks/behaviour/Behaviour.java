package dev.tourmaline.benchmarks.behaviour;

import java.util.Locale;

/**
 * One behaviour to look for.
 *
 * @param number its number among all
 * @param form its kind
 * @param page the page it is about, or empty text for any
 * @param other the other page it is about, or empty text
 * @param seconds the window
 * @param count how often
 */
public record Behaviour(int number, Form form, String page, String other, int seconds, int count) {

  /** {@return the rule's name} */
  public String name() {
    return "Behaviour %03d".formatted(number);
  }

  /** {@return the window in milliseconds} */
  public long millis() {
    return seconds * 1000L;
  }

  /** {@return the rule that recognises it} */
  public String drl() {
    return """
        rule "%s"
            @flow("tour_%03d") @priority(%d)
        when
            %s
        then
            tours.offer($a, "%s");
        end
        """
        .formatted(name(), number, 40 + number % 40, when(), form.name().toLowerCase(Locale.ROOT));
  }

  private String when() {
    String window = seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    String on = page.isEmpty() ? "" : ", path == \"" + page + "\"";
    return switch (form) {
      case REVISIT ->
          "$a : Action( pageview%s, visitsWithin(\"%s\") >= %d, !submittedWithin(\"%s\") )"
              .formatted(on, window, count, window);
      case PING_PONG ->
          "$a : Action( pageview%s, pingPong(%d, \"%s\") )".formatted(on, count, window);
      case RAGE_CLICK ->
          "$a : Action( click%s, elementClicksWithin(\"%s\") >= %d )".formatted(on, window, count);
      case REPEATED_SUBMIT ->
          "$a : Action( submit%s, submitsWithin(\"%s\") >= %d )".formatted(on, window, count);
      case MANY_CLICKS ->
          "$a : Action( click%s, clicksWithin(\"%s\") >= %d )".formatted(on, window, count);
      case CLICK_AFTER_VISIT ->
          "$a : Action( click%s, visitedWithin(\"%s\", \"%s\") )".formatted(on, other, window);
      case CAME_FROM -> "$a : Action( pageview%s, cameFrom(\"%s\") )".formatted(on, other);
      case SUBMIT_THEN_SUBMIT -> joined("submit", "", "submit, path == $first.path", window);
      case SUBMIT_THEN_CLICK -> joined("submit", "", "click, path == $first.path", window);
      case CLICK_THEN_SUBMIT -> joined("click", on, "submit, path == \"" + other + "\"", window);
      case VIEW_THEN_CLICK -> joined("pageview", on, "click, path == \"" + other + "\"", window);
      case CLICK_VIEW_CLICK ->
          """
          $first : Action( click%s )
              $second : Action( pageview, path == "%s", this after[1ms,%s] $first )
              $a : Action( click%s, this after[1ms,%s] $second )"""
              .formatted(on, other, window, on, window);
    };
  }

  private static String joined(String type, String on, String second, String window) {
    return """
        $first : Action( %s%s )
            $a : Action( %s, this after[1ms,%s] $first )"""
        .formatted(type, on, second, window);
  }
}
