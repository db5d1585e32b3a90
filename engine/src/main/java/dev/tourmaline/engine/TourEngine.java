package dev.tourmaline.engine;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.listener.EngineHealth;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A rule engine over streams of UI events: evaluates DRL rules on the history of each user session,
 * decides by a policy on the tours that they offer, and publishes admitted triggers to sinks.
 *
 * <p>One engine serves many products and sessions; a product with rules or a policy of its own is a
 * {@link Tenant}. It keeps one Drools session per user session and evaluates each on one thread
 * only, in the order of arrival. State is in memory and lost with the process. All methods are
 * thread-safe. Made by {@link #builder(RuleSet)}; runs from {@code build()} until {@link #close()}.
 */
public interface TourEngine extends AutoCloseable {

  /**
   * {@return a builder of an engine}
   *
   * @param rules the rules to begin with
   */
  static TourEngineBuilder builder(RuleSet rules) {
    Objects.requireNonNull(rules, "rules");
    return new TourEngineBuilder(Optional.of(bases -> bases.of(rules)));
  }

  /**
   * {@return a builder of an engine}
   *
   * @param rules the rules to begin with, which other engines may share
   */
  static TourEngineBuilder builder(RuleBase rules) {
    Objects.requireNonNull(rules, "rules");
    return new TourEngineBuilder(Optional.of(bases -> rules));
  }

  /**
   * {@return a builder of an engine for the products alone that {@link TourEngineBuilder#tenant}
   * names, each with rules of its own} Events of others are counted as unroutable.
   */
  static TourEngineBuilder builder() {
    return new TourEngineBuilder(Optional.empty());
  }

  /**
   * Takes an event; blocks while its lane is full, unless that lane is stuck.
   *
   * @param event the event
   * @return completes when the event has been evaluated; its decisions have then been made. It
   *     never completes exceptionally for what the event holds, but with an {@link
   *     dev.tourmaline.engine.source.EventLostException} where a stuck lane could not evaluate it.
   *     Dependent actions run on the lane's thread: they are quick, or asynchronous.
   * @throws IllegalStateException if the engine is closed
   */
  CompletionStage<Void> accept(StreamEvent event);

  /**
   * Takes an event unless its lane is full. Never blocks.
   *
   * @param event the event
   * @return as of {@link #accept(StreamEvent)}; empty if the event was not taken
   * @throws IllegalStateException if the engine is closed
   */
  Optional<CompletionStage<Void>> tryAccept(StreamEvent event);

  /**
   * Takes a raw frame, one JSON object as the connector sends it, unless its lane is full. Never
   * blocks.
   *
   * @param utf8 the frame's bytes, which now belong to the engine
   * @return as of {@link #acceptFrame(byte[])}; empty if the frame was not taken
   * @throws IllegalStateException if the engine is closed
   */
  Optional<CompletionStage<Void>> tryAcceptFrame(byte[] utf8);

  /**
   * Takes a raw frame, one JSON object as the connector sends it; blocks while its lane is full,
   * unless that lane is stuck.
   *
   * @param utf8 the frame's bytes, which now belong to the engine
   * @return completes when what the frame holds has been evaluated, also where it was rejected or
   *     ignored, which is counted; exceptionally as of {@link #accept(StreamEvent)}
   * @throws IllegalStateException if the engine is closed
   */
  CompletionStage<Void> acceptFrame(byte[] utf8);

  /**
   * Asks for a tour on behalf of a server. The policy judges it as it judges a rule's offer, unless
   * it is forced.
   *
   * @param request the tour, and for whom
   * @return completes with the decision
   */
  CompletionStage<Decision> trigger(ManualTrigger request);

  /**
   * Takes what a browser reports of a tour. Rules see it as a {@code TourOutcome}.
   *
   * @param feedback the report
   * @return completes with whether the trigger is one of that session's; another's report changes
   *     nothing
   */
  CompletionStage<Boolean> feedback(TourFeedback feedback);

  /**
   * Takes what the server of a tour provider reports. It is attributed to the last trigger of that
   * user and flow that has not ended and was decided on no longer before than the longest time to
   * live of the sinks and five minutes, or was reported shown. Rules see it as a {@code
   * TourOutcome} of the trigger's session. Without such a trigger the provider has started the tour
   * by itself: it counts as an inbound one, and the policy as one that was shown.
   *
   * @param report the report
   * @return completes with whether it was attributed to a trigger
   */
  CompletionStage<Boolean> feedback(ProviderReport report);

  /**
   * Takes the word of the page's own server, such as by a signed token, that a user has a session.
   * The user of an event is a claim without proof: a tour that a session was given on a claim alone
   * counts against no session that is vouched for as that user's. Never blocks.
   *
   * @param session the session
   * @param userId the user, not blank; sixteen sessions of a user are remembered
   */
  void vouch(SessionKey session, String userId);

  /**
   * Takes what a signed token of a visitor claims of him, for the audiences of rules. It comes
   * before what a {@link dev.tourmaline.engine.user.UserAttributes} says, and lasts for a day.
   * Never blocks.
   *
   * @param session the session
   * @param userId the user, or empty text: then it is claimed of the session
   * @param attributes texts, numbers and booleans by their names
   */
  void claim(SessionKey session, String userId, Map<String, Object> attributes);

  /**
   * Takes a visitor's word whether he wants tours at all; it holds for his user, wherever he comes.
   *
   * @param session the session that says so
   * @param userId the user by a signed token, or empty text: then the user of the session
   * @param wanted whether he does
   * @return completes once no offer is admitted against it
   */
  CompletionStage<Void> wantsTours(SessionKey session, String userId, boolean wanted);

  /**
   * Notes that a user objects to being processed, or does not any more. From then on the events
   * that name him are dropped as they come in, and the others of their sessions; his sessions end,
   * and what policy remembers of him is deleted.
   *
   * @param productId the product
   * @param userId the user
   * @param objects whether he objects
   * @return completes once nothing of him is left in the sessions
   */
  CompletionStage<Void> object(String productId, String userId, boolean objects);

  /**
   * Sets a kill switch. It holds for every decision from now on, and for triggers that wait to be
   * delivered.
   *
   * @param set the switch, with who sets it
   */
  void turn(Switch set);

  /** {@return how every switch that was ever set stands} */
  List<Switch> switches();

  /**
   * Finds out why tours were, or were not, offered to a session: the last decisions, and how near
   * each rule came that has offered nothing. Never blocks; its work is bounded, and done between
   * two events of the session's lane.
   *
   * @param session the session
   * @return completes with the explanation
   * @throws IllegalStateException if the engine is closed
   */
  CompletionStage<Explanation> explain(SessionKey session);

  /**
   * Replaces the engine's rules while it runs, in all lanes or in none. Sessions migrate one by one
   * and keep their history. {@linkplain Tenant Tenants} that have none of their own follow, each
   * for itself.
   *
   * @param rules the rules from now on
   * @throws IllegalStateException if a lane did not take them within 30 seconds, or the engine is
   *     closed; the old rules stay in force
   * @throws dev.tourmaline.engine.rule.InvalidRulesException with every problem; the old rules stay
   *     in force
   */
  void replaceRules(RuleSet rules);

  /**
   * Replaces the engine's rules while it runs, with rules that are compiled already.
   *
   * @param rules the rules from now on, which other engines may share
   * @throws IllegalStateException as of {@link #replaceRules(RuleSet)}
   */
  void replaceRules(RuleBase rules);

  /**
   * Replaces the rules of one tenant while the engine runs, in all its lanes or in none; from then
   * on it has rules of its own. No other tenant is touched, whatever becomes of it.
   *
   * @param productId the tenant's product
   * @param rules its rules from now on
   * @throws IllegalStateException as of {@link #replaceRules(RuleSet)}, and if the tenant has lost
   *     so many threads to rules that none may run
   * @throws dev.tourmaline.engine.rule.InvalidRulesException with every problem; the old rules stay
   *     in force
   * @throws IllegalArgumentException if there is no such tenant
   */
  default void replaceRules(String productId, RuleSet rules) {
    throw new IllegalArgumentException("no tenant is named '" + productId + "'");
  }

  /**
   * Replaces the rules of one tenant, with rules that are compiled already.
   *
   * @param productId the tenant's product
   * @param rules its rules from now on, which others may share
   * @throws IllegalStateException as of {@link #replaceRules(String, RuleSet)}
   * @throws IllegalArgumentException if there is no such tenant
   */
  default void replaceRules(String productId, RuleBase rules) {
    throw new IllegalArgumentException("no tenant is named '" + productId + "'");
  }

  /**
   * {@return what the rules with a {@code @goal} bring about: who reached it of those that were
   * admitted, and of those that were held out}
   */
  EffectReport effects();

  /** {@return the effects of each tenant's rules, by product; empty where there are none} */
  default Map<String, EffectReport> effectsByTenant() {
    return Map.of();
  }

  /** {@return what has been counted since the start} */
  EngineStats stats();

  /** {@return what has been counted of each tenant, by product; empty where there are none} */
  default Map<String, EngineStats> statsByTenant() {
    return Map.of();
  }

  /** {@return whether its threads do their work; for the probes of a supervisor} */
  EngineHealth health();

  /** {@return the record of decisions} */
  TriggerLedger ledger();

  /**
   * Stops: closes the sources, evaluates everything that was accepted, drains the resulting
   * triggers to the sinks, and closes them. Whoever waits to have an event accepted is told that
   * the engine is closed. Calling it again waits for the first call.
   *
   * @param timeout how long that may take; what hangs longer is left to itself
   * @return what stayed undone
   */
  CloseReport close(Duration timeout);

  /** Stops within five seconds, as of {@link #close(Duration)}. */
  @Override
  default void close() {
    close(Duration.ofSeconds(5));
  }
}
