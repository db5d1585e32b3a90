package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;

/**
 * What a rule proposes: this tour, for this session, now. The policy decides. Immutable.
 *
 * @param id the trigger's id should it be admitted: a stable function of product, session, rule,
 *     flow and the matching action or timer, so that the same match evaluated again has the same id
 * @param session whose tour it would be
 * @param userId the session's user, or empty text while unknown
 * @param rule the rule's name
 * @param flowId the tour's id at its provider
 * @param priority the rule's {@code @priority}; default 50, higher wins
 * @param salience the rule's Drools salience, which decides among equal priorities
 * @param reason the rule's own words
 * @param at event time of the match: the matching action's, or the timer's due time
 */
public record Offer(
    String id,
    SessionKey session,
    String userId,
    String rule,
    String flowId,
    int priority,
    int salience,
    String reason,
    Instant at) {}
