package dev.tourmaline.engine.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.TriggerIds;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The step from evaluations to published triggers: asks the policy, records the decision in the
 * ledger, then publishes what was admitted. Shared by all lanes; thread-safe.
 */
final class Decider implements EvaluationListener {

  private static final int REMEMBERED = 100_000;
  private static final int DEFAULT_PRIORITY = 50;

  private final PolicyMemory policy;
  private final TriggerLedger ledger;
  private final Listeners listeners;
  private final Publisher publisher;
  private final FlowCounts offers = new FlowCounts();
  private final FlowCounts triggers = new FlowCounts();

  /** What was published lately, to know whose a report is. */
  private final Cache<String, TourTrigger> published =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(REMEMBERED)
          .expireAfterWrite(Duration.ofDays(1))
          .build();

  Decider(PolicyMemory policy, TriggerLedger ledger, Listeners listeners, Publisher publisher) {
    this.policy = policy;
    this.ledger = ledger;
    this.listeners = listeners;
    this.publisher = publisher;
  }

  FlowCounts offers() {
    return offers;
  }

  FlowCounts triggers() {
    return triggers;
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    for (Offer offer : evaluation.offers()) {
      offers.count(offer.flowId());
    }
    Instant now = Instant.ofEpochMilli(evaluation.now());
    policy.judge(evaluation.offers(), now).forEach(this::carryOut);
  }

  @Override
  public void userKnown(SessionKey session, String userId) {
    policy.userKnown(session, userId);
  }

  private void carryOut(Decision decision) {
    ledger.record(decision);
    listeners.decided(decision);
    if (decision instanceof Decision.Admitted admitted) {
      triggers.count(admitted.trigger().flowId());
      publish(admitted.trigger());
    }
  }

  private void publish(TourTrigger trigger) {
    published.put(trigger.id(), trigger);
    publisher.publish(trigger);
  }

  /** Judges what a server asks for. */
  Decision judge(ManualTrigger request, String knownUser, Instant now) {
    String userId = knownUser.isEmpty() ? request.userId() : knownUser;
    Offer offer =
        new Offer(
            new TriggerIds().of(request.session(), "", request.flowId(), "manual at " + now),
            request.session(),
            userId,
            "",
            request.flowId(),
            DEFAULT_PRIORITY,
            0,
            request.reason(),
            now);
    offers.count(offer.flowId());
    Decision decision = policy.judge(offer, now, TourTrigger.Origin.MANUAL, request.force());
    carryOut(decision);
    return decision;
  }

  /** Relays a tour that another system started, and counts it as shown. */
  void relay(TriggerEvent event, SessionKey session, String knownUser, Instant now) {
    listeners.inboundTrigger(event);
    String userId = knownUser.isEmpty() ? event.userId() : knownUser;
    Offer offer =
        new Offer(
            new TriggerIds().of(session, "", event.flowId(), "inbound at " + now),
            session,
            userId,
            "",
            event.flowId(),
            DEFAULT_PRIORITY,
            0,
            event.reason(),
            now);
    Decision decision = policy.judge(offer, now, TourTrigger.Origin.INBOUND, true);
    if (decision instanceof Decision.Admitted admitted) {
      ledger.record(decision);
      policy.confirm(admitted.trigger(), now);
      publish(admitted.trigger());
    }
  }

  /** The trigger that a report is about, if it is that session's. */
  Optional<TourTrigger> subjectOf(TourFeedback feedback) {
    return Optional.ofNullable(published.getIfPresent(feedback.triggerId()))
        .filter(trigger -> trigger.session().equals(feedback.session()));
  }

  void take(TourFeedback feedback, TourTrigger trigger, Instant now) {
    policy.feedback(feedback, trigger.userId(), now);
    listeners.feedback(feedback);
  }
}
