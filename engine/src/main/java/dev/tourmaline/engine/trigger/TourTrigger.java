package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;

/**
 * An admitted offer: a tour to be started in one visitor's browser. On the wire it carries exactly
 * the four documented keys: {@code type, product_id, session_id, flow_id}. Immutable.
 *
 * @param offer what was admitted
 * @param decidedAt this machine's time of the decision, from which time to live counts
 * @param origin who asked for it
 * @param invite whether the visitor is asked first
 */
public record TourTrigger(Offer offer, Instant decidedAt, Origin origin, boolean invite) {

  /**
   * Makes a trigger of a tour that starts without asking.
   *
   * @param offer what was admitted
   * @param decidedAt this machine's time of the decision
   * @param origin who asked for it
   */
  public TourTrigger(Offer offer, Instant decidedAt, Origin origin) {
    this(offer, decidedAt, origin, false);
  }

  /**
   * {@return the trigger of what a rule has offered}
   *
   * @param offer the rule's offer
   * @param decidedAt this machine's time of the decision
   */
  public static TourTrigger ofRule(Offer offer, Instant decidedAt) {
    return new TourTrigger(offer, decidedAt, Origin.RULE);
  }

  /**
   * {@return the trigger of a tour that another system has started}
   *
   * @param offer what that system asks for
   * @param decidedAt this machine's time of the decision
   */
  public static TourTrigger inbound(Offer offer, Instant decidedAt) {
    return new TourTrigger(offer, decidedAt, Origin.INBOUND);
  }

  /** {@return the idempotency key: the same id is the same trigger, however often it arrives} */
  public String id() {
    return offer.id();
  }

  /** {@return the session whose browser shows it} */
  public SessionKey session() {
    return offer.session();
  }

  /** {@return the session's user, or empty text while unknown} */
  public String userId() {
    return offer.userId();
  }

  /** {@return the tour's id at its provider} */
  public String flowId() {
    return offer.flowId();
  }

  /** {@return the rule that offered it, or empty text where no rule did} */
  public String rule() {
    return offer.rule();
  }

  /** {@return why, in words} */
  public String reason() {
    return offer.reason();
  }

  /** {@return event time of the match} */
  public Instant at() {
    return offer.at();
  }

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
