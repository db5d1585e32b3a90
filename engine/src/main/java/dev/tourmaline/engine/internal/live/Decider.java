package dev.tourmaline.engine.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.core.TriggerIds;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;

/**
 * The stage between evaluation and publication of triggers: asks the policy, records the decision
 * in the ledger, then publishes what was admitted. Shared by all lanes; thread-safe.
 */
final class Decider implements EvaluationListener {

  private static final int REMEMBERED = 100_000;

  private final PolicyMemory policy;
  private final TriggerLedger ledger;
  private final Listeners listeners;
  private final Publisher publisher;
  private final Counters counters;
  private final InstantSource clock;
  private final ThrottledLog log;

  /** Recent triggers by id, to attribute the reports of browsers. */
  private final Cache<String, TourTrigger> published =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(REMEMBERED)
          .expireAfterWrite(Duration.ofDays(1))
          .build();

  Decider(
      PolicyMemory policy,
      TriggerLedger ledger,
      Listeners listeners,
      Publisher publisher,
      Counters counters,
      InstantSource clock) {
    this.policy = policy;
    this.ledger = ledger;
    this.listeners = listeners;
    this.publisher = publisher;
    this.counters = counters;
    this.clock = clock;
    this.log = new ThrottledLog(LoggerFactory.getLogger(Decider.class), clock);
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    for (Offer offer : evaluation.offers()) {
      counters.offer(offer.flowId());
    }
    Instant now = Instant.ofEpochMilli(evaluation.now());
    policy.judge(evaluation.offers(), now).forEach(this::carryOut);
  }

  @Override
  public void userKnown(SessionKey session, String userId, String before, long now) {
    policy.claimed(session, before, Instant.ofEpochMilli(now));
    policy.userKnown(session, userId);
  }

  private void carryOut(Decision decision) {
    if (!isRecorded(decision)) {
      return;
    }
    listeners.tell(listener -> listener.decided(decision));
    if (decision instanceof Decision.Admitted admitted) {
      counters.trigger(admitted.trigger().flowId());
      publish(admitted.trigger());
    }
  }

  /** Records a decision; what the ledger does not take is not carried out. */
  private boolean isRecorded(Decision decision) {
    try {
      ledger.record(decision);
      return true;
    } catch (RuntimeException e) {
      log.error(
          "failures of the ledger", "the ledger failed to record {}; it is dropped", decision, e);
      if (decision instanceof Decision.Admitted admitted) {
        policy.release(admitted.trigger());
      }
      return false;
    }
  }

  private void publish(TourTrigger trigger) {
    published.put(trigger.id(), trigger);
    publisher.publish(trigger);
  }

  /**
   * {@return the decision on a server's request}
   *
   * @param knownUser the session's user as far as its lane knows, or empty text
   */
  Decision judge(ManualTrigger request, String knownUser) {
    Instant now = clock.instant();
    String userId = knownUser.isEmpty() ? request.userId() : knownUser;
    Offer offer =
        offer("manual", request.session(), userId, request.flowId(), request.reason(), now);
    counters.offer(offer.flowId());
    Decision decision = policy.judge(offer, now, TourTrigger.Origin.MANUAL, request.force());
    carryOut(decision);
    return decision;
  }

  private static Offer offer(
      String how, SessionKey session, String userId, String flowId, String reason, Instant now) {
    String id = new TriggerIds().of(session, "", flowId, how + " at " + now);
    return Offer.withoutRule(id, session, userId, flowId, reason, now);
  }

  /** Relays a tour that another system started, and counts it as shown. */
  @Override
  public void inbound(TriggerEvent event, SessionKey session, String knownUser) {
    Instant now = clock.instant();
    listeners.tell(listener -> listener.inboundTrigger(event));
    String userId = knownUser.isEmpty() ? event.userId() : knownUser;
    Offer offer = offer("inbound", session, userId, event.flowId(), event.reason(), now);
    Decision decision = policy.judge(offer, now, TourTrigger.Origin.INBOUND, true);
    if (decision instanceof Decision.Admitted admitted && isRecorded(decision)) {
      policy.confirm(admitted.trigger(), now);
      publish(admitted.trigger());
    }
  }

  /**
   * Processes a browser's report on a tour.
   *
   * @param now this machine's time in milliseconds since the epoch
   * @return whether the trigger is one of that session's; if not, nothing changes
   */
  boolean take(TourFeedback feedback, SessionCore core, long now) {
    TourTrigger trigger = published.getIfPresent(feedback.triggerId());
    if (trigger == null || !trigger.session().equals(feedback.session())) {
      return false;
    }
    policy.feedback(feedback, trigger.userId(), clock.instant());
    listeners.tell(listener -> listener.feedback(feedback));
    core.accept(feedback, trigger.flowId(), trigger.rule(), now);
    return true;
  }
}
