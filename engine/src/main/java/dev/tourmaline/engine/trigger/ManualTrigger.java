package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;

/**
 * A server's request to start a tour.
 *
 * @param session whose browser shows it
 * @param userId the user, or empty text; what the engine knows of the session wins
 * @param flowId the tour's id at its provider
 * @param reason why, in words; may be empty
 * @param force whether to pass over the policy's gates; it is recorded all the same
 */
public record ManualTrigger(
    SessionKey session, String userId, String flowId, String reason, boolean force) {}
