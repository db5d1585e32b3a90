package dev.tourmaline.engine.trigger;

import java.time.Duration;

/**
 * What a rule wants its visitors to do: the outcome by which its effect is judged. Immutable.
 *
 * @param kind the kind of action, such as {@code submit}
 * @param page on which pages; {@code *} stands for any text within one segment, {@code **} for any
 *     text
 * @param within how long after the decision it counts
 */
public record Goal(String kind, String page, Duration within) {

  /** {@return it as rules write it} */
  @Override
  public String toString() {
    return "%s %s within %s".formatted(kind, page, Spans.of(within));
  }
}
