package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.core.TriggerIds;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * The stage between evaluation and publication of triggers: asks the policy, records the decision
 * in the ledger, then publishes what was admitted. Shared by all lanes; thread-safe.
 */
final class Decider implements EvaluationListener {

  private static final String BY_THE_PAGE = "started by the provider itself, as the page reports";
  private static final String BY_THE_SERVER =
      "started by the provider itself, as its server reports";

  private final PolicyMemory policy;
  private final TriggerLedger ledger;
  private final Listeners listeners;
  private final Publisher publisher;
  private final Counters counters;
  private final InstantSource clock;
  private final ThrottledLog log;

  private final RuleWatch watch;
  private final PublishedTours tours;

  /** Two requests of one moment are two. */
  private final AtomicLong requests = new AtomicLong();

  Decider(
      PolicyMemory policy,
      TriggerLedger ledger,
      Listeners listeners,
      Publisher publisher,
      RuleWatch watch,
      Counters counters,
      InstantSource clock) {
    this.policy = policy;
    this.ledger = ledger;
    this.listeners = listeners;
    this.publisher = publisher;
    this.watch = watch;
    this.counters = counters;
    this.clock = clock;
    this.tours = new PublishedTours(publisher.longestTimeToLive(), policy);
    this.log = new ThrottledLog(LoggerFactory.getLogger(Decider.class), clock);
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    for (Offer offer : evaluation.offers()) {
      counters.offer(offer.flowId());
      watch.matched(offer.rule());
    }
    // A moment ages until it is judged, also where the timer that made it came late.
    Instant due = Instant.ofEpochMilli(evaluation.now());
    Instant now = clock.instant().isBefore(due) ? due : clock.instant();
    judge(evaluation, now).forEach(this::carryOut);
  }

  /** What is remembered of a user decides; while it is not available, nothing is shown. */
  private List<Decision> judge(Evaluation evaluation, Instant now) {
    try {
      return policy.judge(evaluation.offers(), evaluation.surroundings(), now);
    } catch (RuntimeException e) {
      log.error(
          "failures of the policy",
          "the offers of session {} cannot be judged, they are dropped",
          OneLine.of(evaluation.offers().get(0).session().toString()),
          e);
      return List.of();
    }
  }

  @Override
  public void userKnown(SessionKey session, String userId, String before, long now) {
    policy.claimed(session, before, Instant.ofEpochMilli(now));
    try {
      policy.userKnown(session, userId);
    } catch (RuntimeException e) {
      log.error(
          "failures of the memory of users",
          "what is remembered of session {} could not be joined to its user's",
          OneLine.of(session.toString()),
          e);
    }
    watch.userKnown(session, userId);
  }

  @Override
  public void acted(SessionKey session, String userId, int kind, String path, long now) {
    watch.acted(session, userId, kind, path, now);
  }

  private void carryOut(Decision decision) {
    if (!isRecorded(decision)) {
      return;
    }
    counters.decision(decision);
    watch.decided(decision);
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
    tours.add(trigger);
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

  private Offer offer(
      String how, SessionKey session, String userId, String flowId, String reason, Instant now) {
    String id =
        new TriggerIds()
            .of(
                session,
                "",
                flowId,
                "%s at %s, number %d".formatted(how, now, requests.incrementAndGet()));
    return Offer.withoutRule(id, session, userId, flowId, reason, now);
  }

  /** Relays a tour that another system started, and counts it as shown. */
  @Override
  public void inbound(TriggerEvent event, SessionKey session, String knownUser) {
    started(event, session, knownUser, "inbound")
        .ifPresent(
            trigger -> {
              policy.confirm(trigger, clock.instant());
              publish(trigger);
            });
  }

  /** {@return the trigger of a tour that is none of ours; empty if the ledger failed} */
  private Optional<TourTrigger> started(
      TriggerEvent event, SessionKey session, String knownUser, String how) {
    Instant now = clock.instant();
    listeners.tell(listener -> listener.inboundTrigger(event));
    String userId = knownUser.isEmpty() ? event.userId() : knownUser;
    Offer offer = offer(how, session, userId, event.flowId(), event.reason(), now);
    Decision decision = policy.judge(offer, now, TourTrigger.Origin.INBOUND, true);
    if (decision instanceof Decision.Admitted admitted && isRecorded(decision)) {
      return Optional.of(admitted.trigger());
    }
    return Optional.empty();
  }

  /**
   * Processes a browser's report on a tour.
   *
   * @param now this machine's time in milliseconds since the epoch
   * @return whether the trigger is one of that session's, or the tour a foreign one; if not,
   *     nothing changes
   */
  boolean take(TourFeedback feedback, SessionCore core, long now) {
    Optional<PublishedTours.Tour> tour = tours.of(feedback);
    if (tour.isEmpty() && feedback.isForeign()) {
      String userId = core.userOf(feedback.session());
      tour =
          foreign(feedback, userId, BY_THE_PAGE)
              .map(trigger -> tours.addForeign(feedback, trigger));
    }
    tour.ifPresent(known -> take(feedback, known, core, now));
    return tour.isPresent();
  }

  private void take(TourFeedback feedback, PublishedTours.Tour tour, SessionCore core, long now) {
    TourTrigger trigger = tour.trigger();
    policy
        .feedback(feedback, trigger, clock.instant())
        .ifPresent(ending -> watch.ended(trigger.rule(), ending));
    if (tour.isNews(feedback.outcome())) {
      if (feedback.outcome() == TourFeedback.Outcome.FAILED) {
        log.warn(
            "tours that failed",
            "tour {} of session {} failed: {}",
            OneLine.of(trigger.flowId()),
            OneLine.of(trigger.session().toString()),
            feedback.reason().isEmpty() ? "no reason given" : OneLine.of(feedback.reason()));
      }
      listeners.tell(listener -> listener.feedback(feedback));
      core.accept(feedback, trigger.flowId(), trigger.rule(), now);
    }
  }

  /** {@return the session of the tour that a provider's report is about; else the user's own} */
  SessionKey sessionOf(ProviderReport report) {
    return tours
        .of(report)
        .map(tour -> tour.trigger().session())
        .orElseGet(() -> new SessionKey(report.productId(), report.userId()));
  }

  /**
   * Processes a report of a provider's server.
   *
   * @param session what {@link #sessionOf} answered, whose lane this is; a trigger that another
   *     session was given meanwhile is not what the report is about
   * @return whether it is about one of our triggers
   */
  boolean take(ProviderReport report, SessionKey session, SessionCore core, long now) {
    Optional<PublishedTours.Tour> known =
        tours
            .of(report)
            .filter(tour -> tour.isForeign() || tour.trigger().session().equals(session));
    if (known.isPresent() && !known.get().isForeign()) {
      TourTrigger trigger = known.get().trigger();
      if (!known.get().isOvertaken(report)) {
        take(feedback(report, trigger.id(), trigger.session(), ""), known.get(), core, now);
      }
      return true;
    }
    // No page of that user is known, so no rule sees it: what remains is what the policy counts.
    SessionKey own = new SessionKey(report.productId(), report.userId());
    TourFeedback feedback = feedback(report, report.run(), own, report.flowId());
    known
        .or(
            () ->
                foreign(feedback, report.userId(), BY_THE_SERVER)
                    .map(trigger -> addForeign(report, trigger)))
        .filter(tour -> tour.isNews(report.outcome()))
        .ifPresent(tour -> policy.feedback(feedback, tour.trigger(), clock.instant()));
    return false;
  }

  private PublishedTours.Tour addForeign(ProviderReport report, TourTrigger trigger) {
    if (report.vouched()) {
      policy.vouch(trigger);
    }
    return tours.addForeign(report, trigger);
  }

  private static TourFeedback feedback(
      ProviderReport report, String id, SessionKey session, String foreignFlow) {
    return new TourFeedback(
        id, session, report.outcome(), report.step(), report.confirmed(), foreignFlow, "");
  }

  /** {@return the trigger of a foreign tour that has begun; empty if it failed to} */
  private Optional<TourTrigger> foreign(TourFeedback feedback, String userId, String reason) {
    if (feedback.outcome() == TourFeedback.Outcome.FAILED) {
      return Optional.empty();
    }
    SessionKey session = feedback.session();
    counters.count(Counters.Of.INBOUND);
    TriggerEvent event =
        new TriggerEvent(
            session.productId(), session.sessionId(), userId, feedback.foreignFlowId(), reason);
    return started(event, session, userId, "foreign " + feedback.triggerId());
  }
}
