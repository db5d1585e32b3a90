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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The slots of one user, and the policy's gates over them. Guarded by its user's lock. */
final class UserTours {

  /** The most slots of one user; older ones are evicted. */
  private static final int REMEMBERED = 100;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SILENCE_ENDS_AFTER = Duration.ofMinutes(2);
  private static final Duration UNREPORTED_ENDS_AFTER = Duration.ofMinutes(5);

  private final List<Slot> slots = new ArrayList<>(1);

  /** A reservation against the policy's limits, made by an admission. */
  private static final class Slot {
    final String triggerId;
    final String flowId;
    final SessionKey session;
    Instant at;
    boolean shown;
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

    boolean runs(Instant now) {
      Duration timeout = reported ? SILENCE_ENDS_AFTER : UNREPORTED_ENDS_AFTER;
      return shown && !over && now.isBefore(lastReport.plus(timeout));
    }
  }

  Optional<Decision.Suppressed> gate(TriggerPolicy policy, Offer offer, Instant now) {
    if (find(offer.id()) != null) {
      return held(offer, Decision.Reason.ALREADY_DECIDED, "this very moment was decided before");
    }
    Instant newest = Instant.MIN;
    int today = 0;
    for (Slot slot : slots) {
      if (isCounted(policy.oncePer(), slot, offer)) {
        return held(
            offer,
            Decision.Reason.ONCE,
            "%s %s once per %s, and was %s at %s"
                .formatted(
                    offer.flowId(),
                    "is shown",
                    policy.oncePer() == OncePer.USER ? "user" : "session",
                    slot.shown ? "shown" : "reserved",
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

  void reserve(Offer offer, Instant now) {
    if (slots.size() >= REMEMBERED) {
      slots.remove(0);
    }
    slots.add(new Slot(offer.id(), offer.flowId(), offer.session(), now));
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

  void shown(String triggerId, Instant now, boolean reported) {
    Slot slot = find(triggerId);
    if (slot == null) {
      return;
    }
    if (!slot.shown) {
      slot.shown = true;
      slot.at = now;
    }
    slot.reported |= reported;
    slot.lastReport = now;
  }

  void feedback(TourFeedback feedback, Instant now) {
    if (feedback.outcome() == TourFeedback.Outcome.FAILED) {
      release(feedback.triggerId());
    } else {
      shown(feedback.triggerId(), now, true);
    }
    Slot slot = find(feedback.triggerId());
    if (slot != null && feedback.outcome().isFinal()) {
      slot.over = true;
    }
  }

  UserTours join(UserTours earlier) {
    slots.addAll(earlier.slots);
    slots.sort(Comparator.comparing(slot -> slot.at));
    while (slots.size() > REMEMBERED) {
      slots.remove(0);
    }
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
