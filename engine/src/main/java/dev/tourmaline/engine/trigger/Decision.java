package dev.tourmaline.engine.trigger;

/** The policy's decision on an offer. */
public sealed interface Decision {

  /** {@return the offer that was judged} */
  Offer offer();

  /** {@return the decision as one stable word: {@code admitted} or {@code suppressed}} */
  String word();

  /**
   * The tour is welcome: its trigger goes to the sinks.
   *
   * @param trigger what goes to the sinks
   */
  record Admitted(TourTrigger trigger) implements Decision {
    @Override
    public Offer offer() {
      return trigger.offer();
    }

    @Override
    public String word() {
      return "admitted";
    }
  }

  /**
   * The tour is not welcome now.
   *
   * @param offer the offer
   * @param reason the gate that held it back
   * @param detail the gate's numbers in words, such as {@code 30 min between tours: 12 min left}
   */
  record Suppressed(Offer offer, Reason reason, String detail) implements Decision {
    @Override
    public String word() {
      return "suppressed";
    }
  }

  /** The gates of the policy. */
  enum Reason {
    /** A better offer of the same evaluation won. */
    OUTRANKED,
    /** The same match was decided before. */
    ALREADY_DECIDED,
    /** The user has seen this flow, or a slot for it is reserved. */
    ONCE,
    /** A tour was shown too short a time ago. */
    BETWEEN_TOURS,
    /** The user has had today's tours. */
    DAILY_CAP,
    /** A tour is running in this session. */
    TOUR_RUNNING
  }
}
