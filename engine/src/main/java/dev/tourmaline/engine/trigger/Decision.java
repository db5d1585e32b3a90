package dev.tourmaline.engine.trigger;

/** The policy's decision on an offer. */
public sealed interface Decision {

  /** {@return the offer that was judged} */
  Offer offer();

  /**
   * {@return the decision as one stable word: {@code admitted}, {@code suppressed}, {@code
   * held_out} or {@code shadow}}
   */
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

  /**
   * The user belongs to those from whom the tour is held back to measure its effect: nothing is
   * delivered.
   *
   * @param offer what would have been admitted
   * @param by {@code rule} for the rule's own holdout, {@code all} for that of the whole policy
   */
  record HeldOut(Offer offer, String by) implements Decision {
    @Override
    public String word() {
      return "held_out";
    }
  }

  /**
   * The rule does not reach visitors: nothing is delivered.
   *
   * @param offer what would have been admitted
   * @param why what has put the rule into shadow
   */
  record Shadow(Offer offer, String why) implements Decision {
    @Override
    public String word() {
      return "shadow";
    }
  }

  /**
   * The gates of the policy, in the order in which they are asked; the first that holds an offer
   * back is its reason.
   */
  enum Reason {
    /** This very moment was decided on before, whatever came of it. */
    ALREADY_DECIDED,
    /** An operator has switched the flow, the rule, the product or everything off. */
    SWITCHED_OFF,
    /** The visitor wants no tours. */
    OPTED_OUT,
    /** The rule has not begun yet, or has ended. */
    OUT_OF_DATES,
    /** The page is one on which no tour may start. */
    NEVER_ON,
    /** The moment is too old. */
    STALE,
    /** The visitor is no longer where the tour belongs. */
    ELSEWHERE,
    /** What the rule names as an exception has come true. */
    UNLESS,
    /** The rule reaches testers alone, and the visitor is none. */
    TESTERS_ONLY,
    /** The user is not of the rule's audience, or is not known to be. */
    AUDIENCE,
    /** The user is not among the share whom the rule serves. */
    ROLLOUT,
    /** It is night where the visitor is. */
    QUIET_HOURS,
    /** The flow was shown as often as it may be, or a slot for it is reserved. */
    ONCE,
    /** A tour or an invitation is on the visitor's screen. */
    TOUR_RUNNING,
    /** The visitor has dismissed the flow, or several tours in a row. */
    DISMISSED,
    /** The visitor wants to be asked later. */
    SNOOZED,
    /** The flow has failed at this visitor twice. */
    FAILED,
    /** The flow was shown too short a time ago. */
    COOLDOWN,
    /** A tour was shown too short a time ago. */
    BETWEEN_TOURS,
    /** The user has had this hour's tours. */
    HOURLY_CAP,
    /** The user has had today's tours. */
    DAILY_CAP,
    /** The user has had this week's tours. */
    WEEKLY_CAP,
    /** A better offer of the same moment is welcome. */
    OUTRANKED
  }
}
