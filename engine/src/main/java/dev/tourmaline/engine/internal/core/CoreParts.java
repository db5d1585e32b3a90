package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.Dictionary;
import dev.tourmaline.engine.session.SessionLimits;
import java.util.function.Function;

/**
 * The configuration of a {@link SessionCore}, and the state it shares with the other cores of its
 * engine.
 *
 * @param dictionary the dictionary encoding that all sessions share
 * @param gaps the coverage gaps of each product's stream
 * @param limits how long sessions last; {@code maxAwake} is this core's {@link #share}
 * @param alwaysSleep whether every session is passivated after every event; for tests
 * @param counters what the core counts
 */
public record CoreParts(
    Dictionary dictionary,
    Function<String, CoverageGaps> gaps,
    SessionLimits limits,
    boolean alwaysSleep,
    Counters counters) {

  /** {@return the limits of one lane of several, which share the sessions that may be awake} */
  public static SessionLimits share(SessionLimits limits, int lanes) {
    return limits.withMaxAwake(Math.max(1, limits.maxAwake() / lanes));
  }
}
