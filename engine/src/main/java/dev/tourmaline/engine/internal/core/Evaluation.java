package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.trigger.Offer;
import java.util.List;

/**
 * The output of evaluating one frame, or one timer that came due, in one session: what rules
 * offered, in order of time, then of rule and id. The policy judges these offers together.
 *
 * @param now processing time in milliseconds since the epoch; in a replay its virtual time
 * @param byTime whether a timer and no frame caused it; found out sooner or later, it is ordered
 *     before the frames of its time
 * @param offers what rules offered, never empty
 */
public record Evaluation(long now, boolean byTime, List<Offer> offers) {}
