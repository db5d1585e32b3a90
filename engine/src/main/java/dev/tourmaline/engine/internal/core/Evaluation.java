package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.trigger.Offer;
import java.util.List;

/**
 * The output of evaluating one frame, or one due timer, in one session: the offers of its rules,
 * ordered by event time, rule and id. The policy judges these offers together.
 *
 * @param now processing time in milliseconds since the epoch; in a replay its virtual time
 * @param byTime whether a timer caused it and no frame; timers are ordered before frames of the
 *     same time
 * @param offers what rules offered, never empty
 * @param surroundings what is known of the visitor after its last action
 */
public record Evaluation(long now, boolean byTime, List<Offer> offers, Surroundings surroundings) {}
