package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TourTrigger.Origin;
import dev.tourmaline.engine.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of one user: his slots, his answers, and whether he wants tours at all.
 * Guarded by its user's lock.
 *
 * <p>Most sessions are the user's by claim alone. Where some are vouched for, the others cost them
 * nothing: a vouched session is judged by the slots and answers of vouched sessions, and the slots
 * of the others are evicted first. Only an opt-out counts wherever it was said. Among equals a flow
 * that has a newer slot goes before one that has none, so that repeats of a few flows push out no
 * other.
 */
public final class UserTours {

  /** A tour that is closed so soon was not wanted, whatever its provider calls it. */
  static final Duration HARDLY_SEEN = Duration.ofSeconds(3);

  /** A dismissal so soon says that the tour came at the wrong moment. */
  static final Duration EARLY = Duration.ofSeconds(10);

  /** The most slots of one user, and the most answers. */
  private static final int REMEMBERED = 100;

  /** For how long a dismissal holds its flow. */
  private static final Duration HELD_AT_LEAST = Duration.ofDays(1);

  private static final Duration LONGEST_SNOOZE = Duration.ofDays(30);

  /** The most vouched sessions of one user; older ones are evicted, and keep their slots. */
  private static final int VOUCHED = 16;

  final List<Slot> slots = new ArrayList<>(1);
  Set<Fingerprint> vouched = Set.of();
  boolean optedOut;

  /** By what he is assigned to shares, and since when; 0 before the first assignment. */
  long seed;

  Instant seededAt = Instant.MAX;

  /** His answers, in their order. */
  final List<Answer> answers = new ArrayList<>(0);

  /** How a tour ended. */
  public enum Ending {
    COMPLETED,
    DISMISSED,
    DISMISSED_EARLY,
    FAILED
  }

  /** The slots that an offer of a session is judged by. */
  List<Slot> slotsFor(SessionKey session) {
    return isVouched(session) ? slots.stream().filter(slot -> slot.vouched).toList() : slots;
  }

  /**
   * What the answers that an offer of a session is judged by amount to. What the vouched sessions
   * alone hold back is held back from the others too, whatever was answered there.
   */
  List<Attitude> attitudesFor(SessionKey session) {
    if (answers.isEmpty()) {
      return List.of();
    }
    Attitude proven = new Attitude(answers.stream().filter(Answer::vouched).toList());
    return isVouched(session) ? List.of(proven) : List.of(proven, new Attitude(answers));
  }

  /**
   * Assigns him to shares, by whoever he is known as: the first draw stays, also where it was a
   * session's that became his, and whatever was decided. Else whoever is left out would draw again.
   */
  void draw(Offer offer, Instant now) {
    if (seed == 0) {
      SessionKey session = offer.session();
      seed =
          Assignment.seedOf(
              offer.userId().isEmpty()
                  ? UserKey.ofSession(session)
                  : UserKey.ofUser(session.productId(), offer.userId()));
      seededAt = now;
    }
  }

  private void answer(Slot slot, Answer.Kind kind, Instant now, Instant until) {
    answers.add(new Answer(kind, slot.flowId, slot.session, slot.vouched, now, until));
    forgetAnswers();
  }

  /** Those of vouched sessions last. */
  private void forgetAnswers() {
    while (answers.size() > REMEMBERED) {
      int oldest = 0;
      while (oldest < answers.size() && answers.get(oldest).vouched()) {
        oldest++;
      }
      answers.remove(oldest == answers.size() ? 0 : oldest);
    }
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
        int worth =
            slot.isReal() ? 1 + (slot.vouched ? 2 : 0) + (newerFlows.add(slot.flowId) ? 1 : 0) : 0;
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
    answers.replaceAll(answer -> answer.session().equals(session) ? answer.vouched(true) : answer);
  }

  void vouch(String triggerId) {
    find(triggerId).ifPresent(slot -> slot.vouched = true);
  }

  boolean isVouched(SessionKey session) {
    return !vouched.isEmpty() && vouched.contains(Fingerprint.ofSession(session));
  }

  /** Releases a slot: nobody saw its tour. It stays known, for its moment is not judged again. */
  void release(String triggerId) {
    find(triggerId)
        .filter(slot -> !slot.shown && !(slot.invited && slot.reported))
        .ifPresent(slot -> slot.released = true);
  }

  /** Confirms a slot: its trigger was delivered to sinks that give no feedback. */
  void delivered(String triggerId, Instant now) {
    find(triggerId)
        .ifPresent(
            slot -> {
              slot.shown(now);
              slot.confirmed = true;
            });
  }

  /**
   * Processes a report. One that comes after the slot was released reserves it again; of several
   * ends the first stands, but a tour that failed may still appear.
   *
   * @param snooze for how long an invitation is put off where the report does not say
   * @return how the tour has ended with this report; empty if it has not, or had before
   */
  Optional<Ending> feedback(
      TourFeedback feedback, TourTrigger trigger, Duration snooze, Instant now) {
    Outcome outcome = feedback.outcome();
    Slot slot = find(trigger.id()).orElse(null);
    if (slot == null) {
      if (outcome == Outcome.FAILED) {
        return Optional.empty();
      }
      slot = reserve(trigger.offer(), now);
    }
    // A report of an end alone does not say for how long the tour was seen.
    Duration seen = slot.shown ? Duration.between(slot.at, now) : EARLY;
    boolean hadEnded = slot.over;
    note(slot, feedback, now);
    optedOut |= outcome == Outcome.OPTED_OUT;
    if (hadEnded || !outcome.isFinal()) {
      return Optional.empty();
    }
    slot.end = outcome;
    return trigger.origin() == Origin.INBOUND
        ? Optional.empty()
        : answered(slot, feedback, trigger, seen, snooze, now);
  }

  private static void note(Slot slot, TourFeedback feedback, Instant now) {
    Outcome outcome = feedback.outcome();
    boolean wasOver = slot.over && slot.end != Outcome.FAILED;
    Instant lastReport = slot.lastReport;
    if (outcome == Outcome.FAILED) {
      slot.released |= !slot.confirmed;
    } else {
      slot.released = false;
      slot.reported = true;
      slot.lastReport = now;
      if (outcome.isOfInvitation()) {
        slot.invited = true;
      } else {
        boolean appears = outcome == Outcome.SHOWN && slot.end == Outcome.FAILED;
        slot.over &= !appears;
        slot.end = appears ? null : slot.end;
        slot.shown(now);
        slot.confirmed |= feedback.confirmed();
      }
    }
    slot.over |= outcome.isFinal();
    slot.lastReport = wasOver ? lastReport : slot.lastReport;
  }

  private Optional<Ending> answered(
      Slot slot,
      TourFeedback feedback,
      TourTrigger trigger,
      Duration seen,
      Duration snooze,
      Instant now) {
    Duration flow = trigger.offer().terms().afterDismissal().orElse(Duration.ZERO);
    Instant held = now.plus(flow.compareTo(HELD_AT_LEAST) > 0 ? flow : HELD_AT_LEAST);
    switch (feedback.outcome()) {
      case COMPLETED -> {
        if (feedback.confirmed() && seen.compareTo(HARDLY_SEEN) < 0) {
          slot.end = Outcome.DISMISSED;
          answer(slot, Answer.Kind.DISMISSED, now, held);
          return Optional.of(Ending.DISMISSED_EARLY);
        }
        answer(slot, Answer.Kind.COMPLETED, now, now);
        return Optional.of(Ending.COMPLETED);
      }
      case DISMISSED -> {
        answer(slot, Answer.Kind.DISMISSED, now, held);
        return Optional.of(seen.compareTo(EARLY) < 0 ? Ending.DISMISSED_EARLY : Ending.DISMISSED);
      }
      case FAILED -> {
        answer(slot, Answer.Kind.FAILED, now, now);
        return Optional.of(Ending.FAILED);
      }
      case DECLINED -> answer(slot, Answer.Kind.DISMISSED, now, held);
      case SNOOZED -> {
        Instant wanted = feedback.until().isAfter(now) ? feedback.until() : now.plus(snooze);
        Instant latest = now.plus(LONGEST_SNOOZE);
        answer(slot, Answer.Kind.SNOOZED, now, wanted.isAfter(latest) ? latest : wanted);
      }
      case OPTED_OUT, INVITED, ACCEPTED, SHOWN, RUNNING, STEP -> {}
    }
    return Optional.empty();
  }

  List<String> triggersOf(String flowId) {
    return slots.stream()
        .filter(slot -> slot.flowId.equals(flowId) && slot.isReal())
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
    optedOut |= earlier.optedOut;
    if (earlier.seededAt.isBefore(seededAt)) {
      seed = earlier.seed;
      seededAt = earlier.seededAt;
    }
    earlier.answers.forEach(answer -> answers.add(answer.vouched(isVouched(answer.session()))));
    answers.sort(Comparator.comparing(Answer::at));
    forgetAnswers();
    return this;
  }

  Optional<Slot> find(String triggerId) {
    for (Slot slot : slots) {
      if (slot.triggerId.equals(triggerId)) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }
}
