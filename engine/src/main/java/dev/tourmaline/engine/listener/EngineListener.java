package dev.tourmaline.engine.listener;

import dev.tourmaline.engine.effect.MatchCollapse;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;

/**
 * Callbacks on decisions, deliveries, failures and source states. Every method has an empty
 * default.
 *
 * <p>Methods are called on the engine's own threads, several at a time: implementations are
 * thread-safe, quick, and do not block. What they throw is logged and changes nothing.
 */
public interface EngineListener {

  /**
   * An offer was decided on, with its reason.
   *
   * @param decision the decision
   */
  default void decided(Decision decision) {}

  /**
   * A sink answered for a trigger.
   *
   * @param trigger the trigger
   * @param sink the sink's name
   * @param delivery its answer
   */
  default void delivered(TourTrigger trigger, String sink, Delivery delivery) {}

  /**
   * A frame, or one action of it, was rejected.
   *
   * @param rejected why
   */
  default void rejected(DecodeResult.Rejected rejected) {}

  /**
   * Another system started a tour.
   *
   * @param event the event, as it came
   */
  default void inboundTrigger(TriggerEvent event) {}

  /**
   * A browser reported on a tour.
   *
   * @param feedback the report
   */
  default void feedback(TourFeedback feedback) {}

  /**
   * A rule failed; other rules and sessions are unaffected.
   *
   * @param failure which rule, in which session, and how
   */
  default void ruleFailed(RuleFailure failure) {}

  /**
   * A rule went into shadow by itself, because its {@code @guard} was exceeded. It stays there
   * until it is edited, or switched on.
   *
   * @param rule the rule's name
   * @param why with the numbers
   */
  default void ruleGuarded(String rule, String why) {}

  /**
   * A rule matches no longer as it used to.
   *
   * @param collapse which rule, and its numbers
   */
  default void matchesCollapsed(MatchCollapse collapse) {}

  /**
   * A source entered another state.
   *
   * @param source the source
   * @param state its new state
   */
  default void sourceStateChanged(EventSource source, SourceState state) {}

  /**
   * A source dropped input that is no frame, and continued.
   *
   * @param source the source
   * @param what the kind, in a few words
   */
  default void sourceDropped(EventSource source, String what) {}

  /**
   * The engine cannot promise to go on: it ran out of memory outside the rules, or has given up as
   * many threads as it has lanes. It tries to. A process that somebody restarts should end now,
   * with a status that is not 0; what it says first should need little memory.
   *
   * @param why in a few words
   * @param cause what was thrown
   */
  default void fatal(String why, Throwable cause) {}
}
