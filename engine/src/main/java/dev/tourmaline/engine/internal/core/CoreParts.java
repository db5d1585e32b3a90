package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.Dictionary;
import dev.tourmaline.engine.session.SessionLimits;
import java.util.function.Function;

/**
 * What a core shares with the others of its engine, and its settings.
 *
 * @param dictionary the names that all sessions share
 * @param gaps when a product's stream could not be seen
 * @param limits how long sessions last; {@code maxAwake} is this core's {@link #share}
 * @param alwaysSleep whether every session sleeps after every event, to show that it makes no
 *     difference
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
