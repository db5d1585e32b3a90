package dev.tourmaline.engine.internal.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
  private final Object[] locks = new Object[LOCKS];

  /** Slots by the key of a user, or of a session whose user is unknown. */
  private final Cache<Fingerprint, UserTours> users =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(USERS).build();

  private final KnownUsers known = new KnownUsers(USERS);
  private final DisputedSessions disputed = new DisputedSessions(DISPUTED);

  public PolicyMemory(TriggerPolicy policy) {
    this.policy = policy;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /**
   * Judges the offers of one evaluation.
   *
   * @param offers the offers, not empty, of one session
   * @return a decision for each offer, the best one's first
   */
  public List<Decision> judge(List<Offer> offers, Instant now) {
    List<Offer> ranked = new ArrayList<>(offers);
    if (ranked.size() > 1) {
      ranked.sort(BEST_FIRST);
    }
    Offer best = ranked.get(0);
    List<Decision> decisions = new ArrayList<>(ranked.size());
    decisions.add(judge(best, now, TourTrigger.Origin.RULE, false));
    for (Offer other : ranked.subList(1, ranked.size())) {
      decisions.add(
          new Decision.Suppressed(
              other,
              Decision.Reason.OUTRANKED,
              "rule \"%s\" of priority %d was better".formatted(best.rule(), best.priority())));
    }
    return decisions;
  }

  /**
   * Judges one offer, and reserves a slot if it is admitted.
   *
   * @param force whether to pass over the gates
   * @return the decision
   */
  public Decision judge(Offer offer, Instant now, TourTrigger.Origin origin, boolean force) {
    Fingerprint key = keyOf(offer.session(), offer.userId());
    synchronized (lock(key)) {
      UserTours tours = users.get(key, k -> new UserTours());
      Optional<Decision.Suppressed> held =
          force ? Optional.empty() : tours.gate(policy, offer, now);
      if (held.isPresent()) {
        return held.get();
      }
      tours.reserve(offer, now);
      return new Decision.Admitted(new TourTrigger(offer, now, origin));
    }
  }

  /**
   * {@return why an admitted tour is no longer welcome just before it is sent; empty if it still
   * is}
   */
  public Optional<String> objection(TourTrigger trigger, Instant now) {
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      UserTours tours = users.getIfPresent(key);
      return tours == null ? Optional.empty() : tours.objection(trigger, now);
    }
  }

  /** Releases a trigger's slot: nobody saw it. A slot that was reported shown is kept. */
  public void release(TourTrigger trigger) {
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      UserTours tours = users.getIfPresent(key);
      if (tours != null) {
        tours.release(trigger.id());
      }
    }
  }

  /** Confirms a trigger's slot: it was delivered to sinks that give no feedback. */
  public void confirm(TourTrigger trigger, Instant now) {
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      UserTours tours = users.getIfPresent(key);
      if (tours != null) {
        tours.delivered(trigger.id(), now);
      }
    }
  }

  /** Processes a report on a trigger. */
  public void feedback(TourFeedback feedback, TourTrigger trigger, Instant now) {
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      users.get(key, k -> new UserTours()).feedback(feedback, trigger, now);
    }
  }

  /** {@return the triggers of which a user has slots, with that flow, the newest last} */
  public List<String> triggersOf(String productId, String userId, String flowId) {
    Fingerprint key = Fingerprint.ofUser(productId, userId);
    synchronized (lock(key)) {
      UserTours tours = users.getIfPresent(key);
      return tours == null ? List.of() : tours.triggersOf(flowId);
    }
  }

  /** Merges a session's slots into those of its user, who has become known. */
  public void userKnown(SessionKey session, String userId) {
    Fingerprint anonymous = Fingerprint.ofSession(session);
    Fingerprint user = Fingerprint.ofUser(session.productId(), userId);
    Object first = lock(anonymous);
    Object second = lock(user);
    boolean swap = lockNumber(anonymous) > lockNumber(user);
    synchronized (swap ? second : first) {
      synchronized (swap ? first : second) {
        // Also without slots: the session may come back without its user.
        known.note(anonymous, user);
        UserTours earlier = users.asMap().remove(anonymous);
        if (earlier != null) {
          users.asMap().merge(user, earlier, UserTours::join);
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
      users.get(user, k -> new UserTours()).vouch(session);
    }
  }

  /** Takes a trigger's slot as proven to be its user's own. */
  public void vouch(TourTrigger trigger) {
    Fingerprint key = keyOf(trigger.session(), trigger.userId());
    synchronized (lock(key)) {
      UserTours tours = users.getIfPresent(key);
      if (tours != null) {
        tours.vouch(trigger.id());
      }
    }
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
