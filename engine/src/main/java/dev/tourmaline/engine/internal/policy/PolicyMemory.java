package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.user.Pseudonym;
import dev.tourmaline.engine.user.UserKey;
import dev.tourmaline.engine.user.UserMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The state store of the policy and its decisions: slots by user, in memory and bounded.
 * Thread-safe by lock striping: decisions on one user are serialised.
 */
public final class PolicyMemory {

  /** Highest priority, then salience, then rule name, then who was first. */
  private static final Comparator<Offer> BEST_FIRST =
      Comparator.comparingInt(Offer::priority)
          .thenComparingInt(Offer::salience)
          .reversed()
          .thenComparing(Offer::rule);

  private static final String OBJECTED = "the user has objected to being processed";
  private static final int DISPUTED = 100_000;

  private final TriggerPolicy policy;
  private final UserStore users;
  private final KnownAttributes attributes;
  private final Gates gates;
  private final Audiences audiences;
  private final Function<String, Optional<String>> shadows;
  private final DecidedIds decided = new DecidedIds();
  private final Objectors objectors;
  private final DisputedSessions disputed = new DisputedSessions(DISPUTED);

  /**
   * What a policy needs.
   *
   * @param policy the limits
   * @param memory what is remembered of users
   * @param switches the kill switches
   * @param attributes what is known of users
   * @param objectors who must not be processed
   * @param shadows answers why a rule is in shadow by itself; empty if it is not
   */
  public record Parts(
      TriggerPolicy policy,
      UserMemory memory,
      SwitchBoard switches,
      KnownAttributes attributes,
      Objectors objectors,
      Function<String, Optional<String>> shadows) {

    /** {@return the parts of a policy that stands alone} */
    public static Parts of(TriggerPolicy policy) {
      return new Parts(
          policy,
          new InMemoryUsers(),
          new SwitchBoard(SwitchStore.inMemory()),
          KnownAttributes.ofTokens(),
          Objectors.nobody(),
          rule -> Optional.empty());
    }
  }

  public PolicyMemory(TriggerPolicy policy) {
    this(Parts.of(policy));
  }

  public PolicyMemory(Parts parts) {
    this.policy = parts.policy();
    this.users = new UserStore(parts.memory());
    this.objectors = parts.objectors();
    this.attributes = parts.attributes();
    this.audiences = new Audiences(policy.segments());
    this.gates = new Gates(parts.switches(), audiences);
    this.shadows = parts.shadows();
  }

  /** Judges offers of whose visitor nothing is known. */
  public List<Decision> judge(List<Offer> offers, Instant now) {
    return judge(offers, Surroundings.unknown(), now);
  }

  /**
   * Judges the offers of one moment: the first in rank that passes all gates is admitted, those
   * behind it are outranked.
   *
   * @param offers the offers, not empty, of one session
   * @return a decision for each offer, the best one's first
   */
  public List<Decision> judge(List<Offer> offers, Surroundings surroundings, Instant now) {
    List<Offer> ranked = new ArrayList<>(offers);
    if (ranked.size() > 1) {
      ranked.sort(BEST_FIRST);
    }
    Offer best = ranked.get(0);
    List<Decision> decisions = new ArrayList<>(ranked.size());
    try (UserStore.Held held = users.hold(best.session(), best.userId())) {
      Optional<Offer> winner = Optional.empty();
      for (Offer offer : ranked) {
        Decision decision =
            winner.isPresent()
                ? outranked(offer, winner.get())
                : decide(offer, held.tours(), surroundings, now);
        if (decision instanceof Decision.Admitted) {
          winner = Optional.of(offer);
        }
        decisions.add(decision);
      }
      held.saveIf(decisions.stream().anyMatch(one -> !(one instanceof Decision.Suppressed)));
    }
    return decisions;
  }

  private Decision outranked(Offer offer, Offer winner) {
    if (!decided.add(offer.id())) {
      return alreadyDecided(offer);
    }
    return new Decision.Suppressed(
        offer,
        Reason.OUTRANKED,
        "rule \"%s\" of priority %d was better".formatted(winner.rule(), winner.priority()));
  }

  private static Decision alreadyDecided(Offer offer) {
    return new Decision.Suppressed(
        offer, Reason.ALREADY_DECIDED, "this very moment was decided before");
  }

  private Decision decide(Offer offer, UserTours tours, Surroundings surroundings, Instant now) {
    if (hasObjected(offer)) {
      return new Decision.Suppressed(offer, Reason.OPTED_OUT, OBJECTED);
    }
    if (tours.find(offer.id()).isPresent() || !decided.add(offer.id())) {
      return alreadyDecided(offer);
    }
    if (policy.holdout() > 0 || offer.terms().holdout() > 0 || offer.terms().rollout() < 1) {
      tours.draw(offer, now);
    }
    Optional<String> shadow = shadowOf(offer);
    Optional<String> heldBy = shadow.isPresent() ? Optional.empty() : heldOutBy(offer, tours);
    boolean isVirtual = shadow.isPresent() || heldBy.isPresent();
    Situation situation = situation(offer, tours, surroundings, now, false, isVirtual);
    Optional<Gates.Closed> closed = gates.closed(situation);
    if (closed.isPresent()) {
      return new Decision.Suppressed(offer, closed.get().reason(), closed.get().detail());
    }
    boolean invite = situation.invites();
    boolean follows = situation.followed().isPresent();
    Slot slot = tours.reserve(offer, now);
    slot.followUp = follows;
    slot.virtual = isVirtual;
    slot.over = isVirtual;
    slot.shown = isVirtual;
    slot.confirmed = isVirtual;
    if (shadow.isPresent()) {
      return new Decision.Shadow(offer, shadow.get());
    }
    if (heldBy.isPresent()) {
      return new Decision.HeldOut(offer, heldBy.get());
    }
    slot.invited = invite;
    return new Decision.Admitted(new TourTrigger(offer, now, TourTrigger.Origin.RULE, invite));
  }

  private boolean hasObjected(Offer offer) {
    return objectors.contains(offer.session().productId(), offer.userId());
  }

  private Situation situation(
      Offer offer,
      UserTours tours,
      Surroundings surroundings,
      Instant now,
      boolean isLastCheck,
      boolean isVirtual) {
    return new Situation(
        offer,
        policy,
        now,
        tours,
        surroundings,
        attributes.of(offer.session(), offer.userId()),
        isLastCheck,
        isVirtual);
  }

  private Optional<String> shadowOf(Offer offer) {
    if (offer.rule().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> byItself = shadows.apply(offer.rule());
    return byItself.isEmpty() && offer.terms().mode().orElse(policy.mode()) == Mode.SHADOW
        ? Optional.of("its mode is shadow")
        : byItself;
  }

  private Optional<String> heldOutBy(Offer offer, UserTours tours) {
    if (Assignment.isAmong(tours.seed, "holdout", "", policy.holdout())) {
      return Optional.of("all");
    }
    return Assignment.isAmong(tours.seed, "holdout", offer.rule(), offer.terms().holdout())
        ? Optional.of("rule")
        : Optional.empty();
  }

  /** {@return whether a page is one that a pattern names} */
  public static boolean isOn(String pattern, String page) {
    return PagePattern.matches(pattern, page);
  }

  /** {@return whether what is known of a user decides on an offer} */
  public boolean asksForAttributes(Offer offer) {
    return !offer.terms().audience().isEmpty()
        || policy.quiet().isPresent()
        || offer.terms().mode().orElse(policy.mode()) == Mode.TEST;
  }

  /** {@return what stands for whom a session belongs to} */
  public Pseudonym pseudonymOf(SessionKey session, String userId) {
    return users.keyOf(session, userId).pseudonym();
  }

  /** {@return what stands for a session whose user is not known} */
  public Pseudonym pseudonymOfSession(SessionKey session) {
    return Fingerprint.ofSession(session).pseudonym();
  }

  /** {@return whether the user of an offer is known to be a tester} */
  public boolean isTester(Offer offer) {
    return audiences.isTester(attributes.of(offer.session(), offer.userId()));
  }

  /**
   * Judges an offer that no rule has made.
   *
   * @param force whether to pass over the gates, but for an operator's switch and the visitor's
   *     opt-out
   */
  public Decision judge(Offer offer, Instant now, TourTrigger.Origin origin, boolean force) {
    try (UserStore.Held held = users.hold(offer.session(), offer.userId())) {
      Decision decision =
          force
              ? pass(offer, held.tours(), now, origin)
              : decide(offer, held.tours(), Surroundings.unknown(), now);
      held.saveIf(!(decision instanceof Decision.Suppressed));
      return decision instanceof Decision.Admitted admitted
          ? new Decision.Admitted(new TourTrigger(offer, now, origin, admitted.trigger().invite()))
          : decision;
    }
  }

  private Decision pass(Offer offer, UserTours tours, Instant now, TourTrigger.Origin origin) {
    if (hasObjected(offer)) {
      return new Decision.Suppressed(offer, Reason.OPTED_OUT, OBJECTED);
    }
    if (origin != TourTrigger.Origin.INBOUND) {
      Situation situation = situation(offer, tours, Surroundings.unknown(), now, false, false);
      Optional<Gates.Closed> closed = gates.closedEvenIfForced(situation);
      if (closed.isPresent()) {
        return new Decision.Suppressed(offer, closed.get().reason(), closed.get().detail());
      }
    }
    tours.reserve(offer, now).forced = true;
    return new Decision.Admitted(new TourTrigger(offer, now, origin, false));
  }

  /**
   * {@return why an admitted tour is no longer welcome just before it is sent; empty if it still
   * is}
   */
  public Optional<String> objection(TourTrigger trigger, Surroundings surroundings, Instant now) {
    if (hasObjected(trigger.offer())) {
      return Optional.of(OBJECTED);
    }
    try (UserStore.Held held = users.hold(trigger)) {
      Optional<Slot> own = held.tours().find(trigger.id());
      if (own.isPresent() && own.get().released) {
        return Optional.of("it was withdrawn before");
      }
      Optional<String> shadow = shadows.apply(trigger.rule());
      if (shadow.isPresent()) {
        return Optional.of("its rule is in shadow: " + shadow.get());
      }
      Situation situation =
          situation(trigger.offer(), held.tours(), surroundings, now, true, false);
      boolean forced = own.map(slot -> slot.forced).orElse(false);
      return (forced ? gates.closedEvenIfForced(situation) : gates.closed(situation))
          .map(Gates.Closed::detail);
    }
  }

  /** Releases a trigger's slot: nobody saw it. A slot that was reported shown is kept. */
  public void release(TourTrigger trigger) {
    change(trigger, tours -> tours.release(trigger.id()));
  }

  /** Confirms a trigger's slot: it was delivered to sinks that give no feedback. */
  public void confirm(TourTrigger trigger, Instant now) {
    change(trigger, tours -> tours.delivered(trigger.id(), now));
  }

  /** Takes a trigger's slot as proven to be its user's own. */
  public void vouch(TourTrigger trigger) {
    change(trigger, tours -> tours.vouch(trigger.id()));
  }

  private void change(TourTrigger trigger, Consumer<UserTours> change) {
    try (UserStore.Held held = users.hold(trigger)) {
      if (!held.isNew()) {
        change.accept(held.tours());
        held.save();
      }
    }
  }

  /**
   * Processes a report on a trigger.
   *
   * @return how the tour has ended with it; empty if it has not, or had before
   */
  public Optional<UserTours.Ending> feedback(
      TourFeedback feedback, TourTrigger trigger, Instant now) {
    try (UserStore.Held held = users.hold(trigger)) {
      Optional<UserTours.Ending> ending =
          held.tours().feedback(feedback, trigger, policy.snooze(), now);
      held.save();
      return ending;
    }
  }

  /** Notes whether a visitor wants tours; for his user, where that is known. */
  public void wantsTours(SessionKey session, String userId, boolean wanted) {
    try (UserStore.Held held = users.hold(session, userId)) {
      held.tours().optedOut = !wanted;
      held.save();
    }
  }

  /** {@return the triggers of which a user has slots, with that flow, the newest last} */
  public List<String> triggersOf(String productId, String userId, String flowId) {
    try (UserStore.Held held = users.holdUser(productId, userId)) {
      return held.tours().triggersOf(flowId);
    }
  }

  /** Merges what is remembered of a session into what is of its user, who has become known. */
  public void userKnown(SessionKey session, String userId) {
    attributes.lookUp(UserKey.ofUser(session.productId(), userId));
    users.join(session, userId);
  }

  /** Takes a session as proven to be a user's: what it holds of the user's slots is his own. */
  public void vouch(SessionKey session, String userId) {
    try (UserStore.Held held = users.holdUser(session.productId(), userId)) {
      held.tours().vouch(session);
      held.save();
    }
  }

  /** Deletes what is remembered of a user. */
  public void forget(String productId, String userId) {
    users.forget(productId, userId);
  }

  /**
   * Notes who claims a session.
   *
   * @param before who was its user until now, or empty text for the session's first claim
   */
  public void claimed(SessionKey session, String before, Instant now) {
    Fingerprint key = Fingerprint.ofSession(session);
    if (before.isEmpty()) {
      disputed.began(key);
    } else {
      disputed.changedHands(key, now);
    }
  }

  /** {@return whether two users have claimed a session of late} */
  public boolean isDisputed(SessionKey session, Instant now) {
    return disputed.isDisputed(Fingerprint.ofSession(session), now);
  }
}
