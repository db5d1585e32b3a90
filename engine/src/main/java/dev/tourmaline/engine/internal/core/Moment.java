package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.trigger.Offer;
import java.util.List;

/**
 * One frame, or one timer that came due, and what rules offered at it. Offers are in order of time,
 * then of rule and id; the policy judges them together.
 *
 * @param now this machine's time of the moment, or the replay's, in milliseconds since the epoch
 * @param byTime whether time alone has brought it about, and no frame; found out sooner or later,
 *     it stands before the frames of its time
 * @param offers what rules offered, never empty
 */
public record Moment(long now, boolean byTime, List<Offer> offers) {}
