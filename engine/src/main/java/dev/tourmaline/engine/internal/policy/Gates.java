package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The gates of the policy, asked in the order of {@link Reason}: the first one that holds an offer
 * back says so with its numbers. Immutable and thread-safe.
 */
final class Gates {

  /** What is asked of a tour that passes over the gates: an operator's word and the visitor's. */
  private static final Set<Reason> ALWAYS =
      EnumSet.of(Reason.SWITCHED_OFF, Reason.OPTED_OUT, Reason.TOUR_RUNNING);

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** The claim of OpenID Connect that names a user's time zone. */
  private static final String ZONE = "zoneinfo";

  private final Map<Reason, Function<Situation, Optional<String>>> inOrder =
      new EnumMap<>(Reason.class);
  private final SwitchBoard switches;
  private final Audiences audiences;

  /** A gate that is closed. */
  record Closed(Reason reason, String detail) {}

  Gates(SwitchBoard switches, Audiences audiences) {
    this.switches = switches;
    this.audiences = audiences;
    inOrder.put(Reason.SWITCHED_OFF, this::switchedOff);
    inOrder.put(Reason.OPTED_OUT, Gates::optedOut);
    inOrder.put(Reason.OUT_OF_DATES, Gates::outOfDates);
    inOrder.put(Reason.NEVER_ON, Gates::neverOn);
    inOrder.put(Reason.STALE, Gates::stale);
    inOrder.put(Reason.ELSEWHERE, Gates::elsewhere);
    inOrder.put(Reason.UNLESS, Gates::unless);
    inOrder.put(Reason.TESTERS_ONLY, this::testersOnly);
    inOrder.put(Reason.AUDIENCE, this::audience);
    inOrder.put(Reason.ROLLOUT, Gates::rollout);
    inOrder.put(Reason.QUIET_HOURS, Gates::quietHours);
    inOrder.put(Reason.ONCE, Gates::once);
    inOrder.put(Reason.TOUR_RUNNING, Gates::running);
    inOrder.put(Reason.DISMISSED, s -> first(s, a -> a.dismissal(s.offer.flowId(), s.now)));
    inOrder.put(Reason.SNOOZED, s -> first(s, a -> a.snooze(s.offer.flowId(), s.now)));
    inOrder.put(Reason.FAILED, s -> first(s, a -> a.failure(s.offer.flowId(), s.now)));
    inOrder.put(Reason.COOLDOWN, Gates::cooldown);
    inOrder.put(Reason.BETWEEN_TOURS, Gates::betweenTours);
    inOrder.put(Reason.HOURLY_CAP, s -> cap(s, s.policy.perUserPerHour(), HOUR, "an hour"));
    inOrder.put(Reason.DAILY_CAP, s -> cap(s, s.policy.perUserPerDay(), DAY, "24 hours"));
    inOrder.put(Reason.WEEKLY_CAP, s -> cap(s, s.policy.perUserPerWeek(), WEEK, "7 days"));
  }

  /** {@return the first gate that is closed; empty if the tour is welcome} */
  Optional<Closed> closed(Situation situation) {
    return closed(situation, inOrder.keySet());
  }

  /** {@return as {@link #closed}, for a tour that passes over the gates} */
  Optional<Closed> closedEvenIfForced(Situation situation) {
    return closed(situation, ALWAYS);
  }

  private Optional<Closed> closed(Situation situation, Set<Reason> asked) {
    for (Map.Entry<Reason, Function<Situation, Optional<String>>> gate : inOrder.entrySet()) {
      if (asked.contains(gate.getKey())) {
        Optional<String> detail = gate.getValue().apply(situation);
        if (detail.isPresent()) {
          return Optional.of(new Closed(gate.getKey(), detail.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> switchedOff(Situation s) {
    return switches
        .against(s.offer)
        .map(
            (Switch one) ->
                "%s was switched off by %s at %s%s"
                    .formatted(
                        one.subject(),
                        one.actor(),
                        one.at(),
                        one.reason().isEmpty() ? "" : ": " + one.reason()));
  }

  private static Optional<String> optedOut(Situation s) {
    return when(s.tours.optedOut, "the visitor wants no tours");
  }

  private static Optional<String> outOfDates(Situation s) {
    Optional<Instant> from = s.terms.from();
    if (from.isPresent() && s.now.isBefore(from.get())) {
      return Optional.of("the rule begins at " + from.get());
    }
    return s.terms
        .until()
        .filter(until -> !s.now.isBefore(until))
        .map(until -> "the rule ended at " + until);
  }

  private static Optional<String> neverOn(Situation s) {
    String page = s.surroundings.page().orElse(s.offer.moment().page());
    return s.policy.neverOn().stream()
        .filter(pattern -> PagePattern.matches(pattern, page))
        .findFirst()
        .map(pattern -> "no tour starts on %s, and the visitor is on %s".formatted(pattern, page));
  }

  private static Optional<String> stale(Situation s) {
    Duration most = s.terms.freshFor().orElse(s.policy.freshFor());
    Duration age = s.offer.moment().age(s.now);
    return when(
        age.compareTo(most) > 0,
        () -> "the moment is %s old, the most is %s".formatted(InWords.of(age), InWords.of(most)));
  }

  /** At first only a visitor who has left is elsewhere: he may yet come to a page that is named. */
  private static Optional<String> elsewhere(Situation s) {
    if (!s.isLastCheck && !s.terms.showOn().isEmpty()) {
      return Optional.empty();
    }
    List<String> places = s.offer.places();
    return s.surroundings
        .page()
        .filter(page -> !places.isEmpty() && !Situation.isOn(places, page))
        .map(
            page ->
                "the tour belongs on %s, and the visitor is on %s"
                    .formatted(String.join(", ", places), page));
  }

  private static Optional<String> unless(Situation s) {
    return when(
        s.surroundings.excepted().contains(s.offer.rule()),
        () -> "its exception holds: " + s.terms.unless());
  }

  private Optional<String> testersOnly(Situation s) {
    return when(
        s.mode() == Mode.TEST && !audiences.matches(TriggerPolicy.TESTERS, s.attributes),
        "the rule is in test, and the user is not known to be a tester");
  }

  private Optional<String> audience(Situation s) {
    return when(
        !s.terms.audience().isEmpty() && !audiences.matches(s.terms.audience(), s.attributes),
        () -> "the user is not known to be in the audience " + s.terms.audience());
  }

  private static Optional<String> rollout(Situation s) {
    double share = s.terms.rollout();
    return when(
        share < 1 && !Assignment.isAmong(s.tours.seed, "rollout", s.offer.rule(), share),
        () -> "the rule serves %s %% of users, and not this one".formatted(percent(share)));
  }

  private static Optional<String> quietHours(Situation s) {
    return s.policy
        .quiet()
        .filter(quiet -> quiet.include(s.now, zoneOf(s.attributes, quiet)))
        .map(
            quiet ->
                "quiet from %s to %s in %s"
                    .formatted(quiet.from(), quiet.to(), zoneOf(s.attributes, quiet)));
  }

  private static ZoneId zoneOf(Map<String, Object> attributes, QuietHours quiet) {
    if (attributes.get(ZONE) instanceof String zone) {
      try {
        return ZoneId.of(zone);
      } catch (DateTimeException e) {
        return quiet.zone();
      }
    }
    return quiet.zone();
  }

  private static Optional<String> running(Situation s) {
    return s.slots.stream()
        .filter(slot -> slot.session.equals(s.offer.session()) && slot.runs(s.now))
        .findFirst()
        .map(slot -> slot.flowId + (slot.shown ? " is running" : " is being offered"));
  }

  private static Optional<String> first(
      Situation s, Function<Attitude, Optional<String>> objection) {
    return s.attitudes.stream().flatMap(attitude -> objection.apply(attitude).stream()).findFirst();
  }

  private static Optional<String> once(Situation s) {
    Frequency limit = s.terms.oncePer().orElse(s.policy.oncePer());
    if (limit.isUnlimited()) {
      return Optional.empty();
    }
    int sure = 0;
    int unconfirmed = 0;
    for (Slot slot : s.slotsOfFlow()) {
      boolean counted =
          limit.scope() == Frequency.Scope.USER || slot.session.equals(s.offer.session());
      if (counted && slot.holdsUnconfirmed(s.now)) {
        return Optional.of(
            "%s was shown at %s, as far as its provider tells; it waits for 7 days"
                .formatted(slot.flowId, slot.at));
      }
      if (counted && isWithin(limit.window(), slot.at, s.now)) {
        sure += slot.isUnconfirmed() ? 0 : 1;
        unconfirmed += slot.isUnconfirmed() ? 1 : 0;
      }
    }
    // Of two that nobody has confirmed, one was seen, as far as anybody can tell.
    int counted = sure + unconfirmed / 2;
    return when(
        counted >= limit.times(),
        () ->
            limit.times() == 1 && limit.window().equals(Frequency.FOR_EVER)
                ? "%s is shown once per %s, and was %s"
                    .formatted(s.offer.flowId(), limit, states(s.slotsOfFlow()))
                : "%s may be shown %s, and was %d times"
                    .formatted(s.offer.flowId(), limit, counted));
  }

  private static String states(List<Slot> slots) {
    Slot last = slots.get(slots.size() - 1);
    return last.state() + " at " + last.at;
  }

  private static boolean isWithin(Duration window, Instant at, Instant now) {
    return window.equals(Frequency.FOR_EVER) || at.isAfter(now.minus(window));
  }

  private static Optional<String> cooldown(Situation s) {
    Duration least = s.terms.cooldown().orElse(s.policy.cooldown());
    return wait(newest(s.slotsOfFlow()), least, s.now)
        .map(left -> "%s between two of this flow: %s left".formatted(InWords.of(least), left));
  }

  private static Optional<String> betweenTours(Situation s) {
    if (s.followed().isPresent()) {
      return Optional.empty();
    }
    Duration least = s.policy.betweenTours();
    return wait(newest(s.slots.stream().filter(Slot::isReal).toList()), least, s.now)
        .map(left -> "%s between tours: %s left".formatted(InWords.of(least), left));
  }

  private static Optional<Instant> newest(List<Slot> slots) {
    return slots.stream().map(slot -> slot.at).max(Instant::compareTo);
  }

  private static Optional<String> wait(Optional<Instant> newest, Duration least, Instant now) {
    return newest
        .filter(at -> at.isAfter(now.minus(least)))
        .map(at -> InWords.of(least.minus(Duration.between(at, now))));
  }

  private static Optional<String> cap(Situation s, int most, Duration window, String words) {
    int had = s.realSlotsSince(s.now.minus(window));
    return when(
        had >= most, () -> "%d tours within %s, the most is %d".formatted(had, words, most));
  }

  static String percent(double share) {
    String percent = "%.2f".formatted(100 * share);
    return percent.replaceAll("\\.?0+$", "");
  }

  private static Optional<String> when(boolean closed, String detail) {
    return closed ? Optional.of(detail) : Optional.empty();
  }

  private static Optional<String> when(boolean closed, java.util.function.Supplier<String> detail) {
    return closed ? Optional.of(detail.get()) : Optional.empty();
  }
}
