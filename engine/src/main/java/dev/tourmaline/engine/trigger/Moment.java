package dev.tourmaline.engine.trigger;

import java.time.Duration;
import java.time.Instant;

/**
 * When and where an offer was made: the fact that completed the match. Immutable.
 *
 * @param cause the kind of fact
 * @param page path of the canonical URL of the visitor's page at that fact; empty without one
 * @param delay how long the fact took to reach the connector: {@code forwarded_at} less its start,
 *     both by clocks outside of this process; zero or more
 * @param arrivedAt when it came in here, or when a timer came due, by this machine's clock
 * @param outcomeOf the id of the trigger whose outcome it is; empty text for any other fact
 */
public record Moment(
    Cause cause, String page, Duration delay, Instant arrivedAt, String outcomeOf) {

  /** What completed a match. */
  public enum Cause {
    /** An action. */
    ACTION,
    /** A summary. */
    SUMMARY,
    /** Time that has passed without an action, or on a page. */
    TIME,
    /** What became of a tour. */
    OUTCOME,
    /** No fact: a server, or another system, asks for the tour. */
    REQUEST
  }

  /**
   * {@return the moment of an offer that no rule has made}
   *
   * @param at when it was asked for
   */
  public static Moment ofRequest(Instant at) {
    return new Moment(Cause.REQUEST, "", Duration.ZERO, at, "");
  }

  /**
   * {@return its age: the delay, and the time since its arrival here. No difference is taken
   * between two clocks, so that a skew does no harm}
   *
   * @param now this machine's time
   */
  public Duration age(Instant now) {
    Duration here = Duration.between(arrivedAt, now);
    return here.isNegative() ? delay : delay.plus(here);
  }
}
