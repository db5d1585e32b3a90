package dev.tourmaline.engine.source;

/**
 * An event was not evaluated, or not to its end, because a lane of the engine is stuck. Its
 * sessions have a coverage gap where it would have been, so no rule takes its absence for a fact. A
 * sender that waits for an answer may send it again; what was evaluated of it counts as a repeat.
 */
public final class EventLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private EventLostException(String message) {
    // No stack: it would tell of the engine's own threads, at the worst of times.
    super(message, null, false, false);
  }

  /** {@return the loss of an event that a full or blocked lane could not take} */
  public static EventLostException shed() {
    return new EventLostException(
        "the event was shed: the lane of its session is stuck; send it again in some seconds");
  }

  /**
   * {@return the loss of an event in the evaluation of which a rule did not return}
   *
   * @param rule the rule's name, or empty text where it is unknown
   */
  public static EventLostException stuckIn(String rule) {
    return new EventLostException(
        "the event was given up: %s did not return within its time"
            .formatted(rule.isEmpty() ? "a rule" : "rule \"" + rule + "\""));
  }
}
