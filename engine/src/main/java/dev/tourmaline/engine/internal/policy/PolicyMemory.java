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

  private static final int LOCKS = 256;
  private static final int USERS = 1_000_000;
  private static final int DISPUTED = 100_000;

  private final TriggerPolicy policy;
  private final UserMemory memory;
  private final KnownAttributes attributes;
  private final Gates gates;
  private final Audiences audiences;
  private final Function<String, Optional<String>> shadows;
  private final DecidedIds decided = new DecidedIds();
  private final Object[] locks = new Object[LOCKS];
  private final KnownUsers known = new KnownUsers(USERS);
  private final DisputedSessions disputed = new DisputedSessions(DISPUTED);

  /**
   * What a policy needs.
   *
   * @param policy the limits
   * @param memory what is remembered of users
   * @param switches the kill switches
   * @param attributes what is known of users
   * @param shadows answers why a rule is in shadow by itself; empty if it is not
   */
  public record Parts(
      TriggerPolicy policy,
      UserMemory memory,
      SwitchBoard switches,
      KnownAttributes attributes,
      Function<String, Optional<String>> shadows) {

    /** {@return the parts of a policy that stands alone} */
    public static Parts of(TriggerPolicy policy) {
      return new Parts(
          policy,
          new InMemoryUsers(),
          new SwitchBoard(SwitchStore.inMemory()),
          KnownAttributes.ofTokens(),
          rule -> Optional.empty());
    }
  }

  public PolicyMemory(TriggerPolicy policy) {
    this(Parts.of(policy));
  }

  public PolicyMemory(Parts parts) {
    this.policy = parts.policy();
    this.memory = parts.memory();
    this.attributes = parts.attributes();
    this.audiences = new Audiences(policy.segments());
    this.gates = new Gates(parts.switches(), audiences);
    this.shadows = parts.shadows();
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
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
    Fingerprint key = keyOf(best.session(), best.userId());
    List<Decision> decisions = new ArrayList<>(ranked.size());
    synchronized (lock(key)) {
      UserTours tours = read(key, best.session().productId());
      Optional<Offer> winner = Optional.empty();
      for (Offer offer : ranked) {
        Decision decision =
            winner.isPresent()
                ? outranked(offer, winner.get())
                : decide(offer, tours, surroundings, now);
        if (decision instanceof Decision.Admitted) {
          winner = Optional.of(offer);
        }
        decisions.add(decision);
      }
      if (decisions.stream().anyMatch(one -> !(one instanceof Decision.Suppressed))) {
        write(key, tours);
      }
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
    if (tours.find(offer.id()).isPresent() || !decided.add(offer.id())) {
      return alreadyDecided(offer);
    }
    seed(tours, offer, now);
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

  /** The first draw of a user stays, also where it was a session's that became his. */
  private void seed(UserTours tours, Offer offer, Instant now) {
    boolean draws =
        policy.holdout() > 0 || offer.terms().holdout() > 0 || offer.terms().rollout() < 1;
    if (draws && tours.seed == 0) {
      SessionKey session = offer.session();
      tours.seed =
          Assignment.seedOf(
              offer.userId().isEmpty()
                  ? UserKey.ofSession(session)
                  : UserKey.ofUser(session.productId(), offer.userId()));
      tours.seededAt = now;
    }
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
    Fingerprint key = keyOf(offer.session(), offer.userId());
    synchronized (lock(key)) {
      UserTours tours = read(key, offer.session().productId());
      Decision decision =
          force
              ? pass(offer, tours, now, origin)
              : decide(offer, tours, Surroundings.unknown(), now);
      if (decision instanceof Decision.Suppressed) {
        return decision;
      }
      write(key, tours);
      return decision instanceof Decision.Admitted admitted
          ? new Decision.Admitted(new TourTrigger(offer, now, origin, admitted.trigger().invite()))
          : decision;
    }
  }

  private Decision pass(Offer offer, UserTours tours, Instant now, TourTrigger.Origin origin) {
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
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      UserTours tours = read(key, trigger.session().productId());
      Optional<Slot> own = tours.find(trigger.id());
      if (own.isPresent() && own.get().released) {
        return Optional.of("it was withdrawn before");
      }
      Situation situation = situation(trigger.offer(), tours, surroundings, now, true, false);
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

  /**
   * Processes a report on a trigger.
   *
   * @return how the tour has ended with it; empty if it has not, or had before
   */
  public Optional<UserTours.Ending> feedback(
      TourFeedback feedback, TourTrigger trigger, Instant now) {
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      UserTours tours = read(key, trigger.session().productId());
      Optional<UserTours.Ending> ending = tours.feedback(feedback, trigger, policy.snooze(), now);
      write(key, tours);
      return ending;
    }
  }

  /** Notes whether a visitor wants tours; for his user, where that is known. */
  public void wantsTours(SessionKey session, String userId, boolean wanted) {
    Fingerprint key = keyOf(session, userId);
    synchronized (lock(key)) {
      UserTours tours = read(key, session.productId());
      tours.optedOut = !wanted;
      write(key, tours);
    }
  }

  /** {@return the triggers of which a user has slots, with that flow, the newest last} */
  public List<String> triggersOf(String productId, String userId, String flowId) {
    Fingerprint key = Fingerprint.ofUser(productId, userId);
    synchronized (lock(key)) {
      return read(key, productId).triggersOf(flowId);
    }
  }

  private void change(TourTrigger trigger, Consumer<UserTours> change) {
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      Optional<byte[]> known = memory.read(key.pseudonym());
      if (known.isPresent()) {
        UserTours tours = UserRecord.read(trigger.session().productId(), known.get());
        change.accept(tours);
        write(key, tours);
      }
    }
  }

  private UserTours read(Fingerprint key, String productId) {
    return memory
        .read(key.pseudonym())
        .map(bytes -> UserRecord.read(productId, bytes))
        .orElseGet(UserTours::new);
  }

  private void write(Fingerprint key, UserTours tours) {
    memory.write(key.pseudonym(), UserRecord.write(tours));
  }

  /** Merges what is remembered of a session into what is of its user, who has become known. */
  public void userKnown(SessionKey session, String userId) {
    attributes.lookUp(UserKey.ofUser(session.productId(), userId));
    Fingerprint anonymous = Fingerprint.ofSession(session);
    Fingerprint user = Fingerprint.ofUser(session.productId(), userId);
    Object first = lock(anonymous);
    Object second = lock(user);
    boolean swap = lockNumber(anonymous) > lockNumber(user);
    synchronized (swap ? second : first) {
      synchronized (swap ? first : second) {
        // Also without slots: the session may come back without its user.
        known.note(anonymous, user);
        Optional<byte[]> earlier = memory.read(anonymous.pseudonym());
        if (earlier.isPresent()) {
          memory.delete(anonymous.pseudonym());
          UserTours joined = read(user, session.productId());
          joined.join(UserRecord.read(session.productId(), earlier.get()));
          write(user, joined);
        }
      }
    }
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

  /** Takes a session as proven to be a user's: what it holds of the user's slots is his own. */
  public void vouch(SessionKey session, String userId) {
    Fingerprint user = Fingerprint.ofUser(session.productId(), userId);
    synchronized (lock(user)) {
      UserTours tours = read(user, session.productId());
      tours.vouch(session);
      write(user, tours);
    }
  }

  /** Takes a trigger's slot as proven to be its user's own. */
  public void vouch(TourTrigger trigger) {
    change(trigger, tours -> tours.vouch(trigger.id()));
  }

  private Fingerprint keyOf(SessionKey session, String userId) {
    if (!userId.isEmpty()) {
      return Fingerprint.ofUser(session.productId(), userId);
    }
    Fingerprint anonymous = Fingerprint.ofSession(session);
    return known.of(anonymous).orElse(anonymous);
  }

  private Object lock(Fingerprint key) {
    return locks[lockNumber(key)];
  }

  private static int lockNumber(Fingerprint key) {
    return (key.hashCode() * 0x9E3779B9 >>> 8) % LOCKS;
  }
}
