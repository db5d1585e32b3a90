package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.trigger.TriggerPolicy.OncePer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one user, and the policy's gates over them. Guarded by its user's lock.
 *
 * <p>Most sessions are the user's by claim alone. Where some are vouched for, the others cost them
 * nothing: a vouched session is judged by the slots of vouched sessions, and the slots of the
 * others are evicted first. Among equals a flow that has a newer slot goes before one that has
 * none, so that repeats of a few flows push out no other.
 */
final class UserTours {

  /** The most slots of one user. */
  private static final int REMEMBERED = 100;

  /** The most vouched sessions of one user; older ones are evicted, and keep their slots. */
  private static final int VOUCHED = 16;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration UNCONFIRMED_HOLDS = Duration.ofDays(7);
  private static final Duration SILENCE_ENDS_AFTER = Duration.ofMinutes(2);
  private static final Duration UNREPORTED_ENDS_AFTER = Duration.ofMinutes(5);

  private final List<Slot> slots = new ArrayList<>(1);
  private Set<Fingerprint> vouched = Set.of();

  /** A reservation against the policy's limits, made by an admission. */
  static final class Slot {
    final String triggerId;
    final String flowId;
    final SessionKey session;
    Instant at;
    boolean vouched;
    boolean shown;
    boolean confirmed;
    boolean reported;
    boolean over;
    Instant lastReport;

    Slot(String triggerId, String flowId, SessionKey session, Instant at) {
      this.triggerId = triggerId;
      this.flowId = flowId;
      this.session = session;
      this.at = at;
      this.lastReport = at;
    }

    /** Whether it was reported shown, but nobody has seen the tour on the screen. */
    boolean isUnconfirmed() {
      return shown && !confirmed;
    }

    String state() {
      return !shown ? "reserved" : confirmed ? "shown" : "shown, unconfirmed,";
    }

    boolean runs(Instant now) {
      Duration timeout = reported ? SILENCE_ENDS_AFTER : UNREPORTED_ENDS_AFTER;
      return shown && !over && now.isBefore(lastReport.plus(timeout));
    }
  }

  Optional<Decision.Suppressed> gate(TriggerPolicy policy, Offer offer, Instant now) {
    if (find(offer.id()) != null) {
      return held(offer, Decision.Reason.ALREADY_DECIDED, "this very moment was decided before");
    }
    boolean vouchedOnly = isVouched(offer.session());
    Instant newest = Instant.MIN;
    int today = 0;
    int unconfirmed = 0;
    for (Slot slot : slots) {
      if (vouchedOnly && !slot.vouched) {
        continue;
      }
      if (isCounted(policy.oncePer(), slot, offer)
          && (!slot.isUnconfirmed()
              || ++unconfirmed > 1
              || now.isBefore(slot.at.plus(UNCONFIRMED_HOLDS)))) {
        return held(
            offer,
            Decision.Reason.ONCE,
            "%s is shown once per %s, and was %s at %s"
                .formatted(
                    offer.flowId(),
                    policy.oncePer() == OncePer.USER ? "user" : "session",
                    slot.state(),
                    slot.at));
      }
      if (slot.session.equals(offer.session()) && slot.runs(now)) {
        return held(offer, Decision.Reason.TOUR_RUNNING, slot.flowId + " is running");
      }
      newest = slot.at.isAfter(newest) ? slot.at : newest;
      today += slot.at.isAfter(now.minus(DAY)) ? 1 : 0;
    }
    if (newest.isAfter(now.minus(policy.betweenTours()))) {
      Duration left = policy.betweenTours().minus(Duration.between(newest, now));
      return held(
          offer,
          Decision.Reason.BETWEEN_TOURS,
          "%d s between tours: %d s left"
              .formatted(policy.betweenTours().toSeconds(), Math.max(1, left.toSeconds())));
    }
    if (today >= policy.perUserPerDay()) {
      return held(
          offer,
          Decision.Reason.DAILY_CAP,
          "%d tours within 24 hours, the most is %d".formatted(today, policy.perUserPerDay()));
    }
    return Optional.empty();
  }

  private static boolean isCounted(OncePer oncePer, Slot slot, Offer offer) {
    return slot.flowId.equals(offer.flowId())
        && (oncePer == OncePer.USER
            || oncePer == OncePer.SESSION && slot.session.equals(offer.session()));
  }

  private static Optional<Decision.Suppressed> held(
      Offer offer, Decision.Reason reason, String detail) {
    return Optional.of(new Decision.Suppressed(offer, reason, detail));
  }

  Slot reserve(Offer offer, Instant now) {
    evictDownTo(REMEMBERED - 1);
    Slot slot = new Slot(offer.id(), offer.flowId(), offer.session(), now);
    slot.vouched = isVouched(offer.session());
    slots.add(slot);
    return slot;
  }

  private void evictDownTo(int most) {
    while (slots.size() > most) {
      Set<String> newerFlows = new HashSet<>();
      int evicted = slots.size() - 1;
      int least = Integer.MAX_VALUE;
      for (int i = slots.size() - 1; i >= 0; i--) {
        Slot slot = slots.get(i);
        int worth = (slot.vouched ? 2 : 0) + (newerFlows.add(slot.flowId) ? 1 : 0);
        if (worth <= least) {
          least = worth;
          evicted = i;
        }
      }
      slots.remove(evicted);
    }
  }

  void vouch(SessionKey session) {
    Fingerprint key = Fingerprint.ofSession(session);
    if (vouched.isEmpty()) {
      vouched = new LinkedHashSet<>(2);
    }
    vouched.remove(key);
    vouched.add(key);
    if (vouched.size() > VOUCHED) {
      vouched.remove(vouched.iterator().next());
    }
    for (Slot slot : slots) {
      slot.vouched |= slot.session.equals(session);
    }
  }

  void vouch(String triggerId) {
    Slot slot = find(triggerId);
    if (slot != null) {
      slot.vouched = true;
    }
  }

  private boolean isVouched(SessionKey session) {
    return !vouched.isEmpty() && vouched.contains(Fingerprint.ofSession(session));
  }

  Optional<String> objection(TourTrigger trigger, Instant now) {
    for (Slot slot : slots) {
      if (!slot.triggerId.equals(trigger.id())
          && slot.session.equals(trigger.session())
          && slot.runs(now)) {
        return Optional.of(slot.flowId + " is running");
      }
    }
    return Optional.empty();
  }

  void release(String triggerId) {
    slots.removeIf(slot -> slot.triggerId.equals(triggerId) && !slot.shown);
  }

  /** Confirms a slot: its trigger was delivered to sinks that give no feedback. */
  void delivered(String triggerId, Instant now) {
    Slot slot = find(triggerId);
    if (slot != null) {
      shown(slot, now);
      slot.confirmed = true;
    }
  }

  private static void shown(Slot slot, Instant now) {
    if (!slot.shown) {
      slot.shown = true;
      slot.at = now;
    }
    slot.lastReport = now;
  }

  /** Processes a report. One that comes after the slot was released reserves it again. */
  void feedback(TourFeedback feedback, TourTrigger trigger, Instant now) {
    if (feedback.outcome().isOfInvitation()) {
      return;
    }
    if (feedback.outcome() == TourFeedback.Outcome.FAILED) {
      slots.removeIf(slot -> slot.triggerId.equals(trigger.id()) && !slot.confirmed);
    } else {
      Slot known = find(trigger.id());
      Slot slot = known == null ? reserve(trigger.offer(), now) : known;
      shown(slot, now);
      slot.reported = true;
      slot.confirmed |= feedback.confirmed();
    }
    Slot slot = find(trigger.id());
    if (slot != null && feedback.outcome().isFinal()) {
      slot.over = true;
    }
  }

  List<String> triggersOf(String flowId) {
    return slots.stream()
        .filter(slot -> slot.flowId.equals(flowId))
        .map(slot -> slot.triggerId)
        .toList();
  }

  UserTours join(UserTours earlier) {
    for (Slot slot : earlier.slots) {
      slot.vouched = isVouched(slot.session);
      slots.add(slot);
    }
    slots.sort(Comparator.comparing(slot -> slot.at));
    evictDownTo(REMEMBERED);
    return this;
  }

  private @Nullable Slot find(String triggerId) {
    for (Slot slot : slots) {
      if (slot.triggerId.equals(triggerId)) {
        return slot;
      }
    }
    return null;
  }
}
