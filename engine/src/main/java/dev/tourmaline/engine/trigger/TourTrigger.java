package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;

/**
 * A tour to be started in one visitor's browser. On the wire it carries exactly the four documented
 * keys: {@code type, product_id, session_id, flow_id}. Immutable.
 *
 * @param id the idempotency key: the same id is the same trigger, however often it arrives
 * @param session whose browser shows it
 * @param userId the session's user, or empty text while unknown
 * @param flowId the tour's id at its provider
 * @param rule the rule that offered it, or empty text where no rule did
 * @param reason why, in words
 * @param at event time of the match
 * @param decidedAt this machine's time of the decision, from which time to live counts
 * @param origin who asked for it
 */
public record TourTrigger(
    String id,
    SessionKey session,
    String userId,
    String flowId,
    String rule,
    String reason,
    Instant at,
    Instant decidedAt,
    Origin origin) {

  /** Who asked for a tour. */
  public enum Origin {
    /** A rule. */
    RULE,
    /** Another system, seen on the connector's stream; relayed to the visitor's browser only. */
    INBOUND,
    /** A server that called the trigger endpoint. */
    MANUAL
  }
}
