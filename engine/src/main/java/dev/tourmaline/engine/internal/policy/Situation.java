package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gates look at: an offer, or an admitted trigger at its last check, and all that is known
 * of its visitor. Belongs to one judgement.
 */
final class Situation {

  /** How soon after a tour another may follow it. */
  private static final Duration FOLLOWS_WITHIN = Duration.ofMinutes(5);

  final Offer offer;
  final RuleTerms terms;
  final TriggerPolicy policy;
  final Instant now;
  final UserTours tours;
  final List<Slot> slots;
  final List<Attitude> attitudes;
  final Surroundings surroundings;
  final Map<String, Object> attributes;

  /** Whether it was admitted already, and its own slot counts against others alone. */
  final boolean isLastCheck;

  /** Whether it would reach nobody, so that it is limited by what reached nobody too. */
  final boolean isVirtual;

  Situation(
      Offer offer,
      TriggerPolicy policy,
      Instant now,
      UserTours tours,
      Surroundings surroundings,
      Map<String, Object> attributes,
      boolean isLastCheck,
      boolean isVirtual) {
    this.offer = offer;
    this.terms = offer.terms();
    this.policy = policy;
    this.now = now;
    this.tours = tours;
    this.slots =
        tours.slotsFor(offer.session()).stream()
            .filter(slot -> !slot.triggerId.equals(offer.id()))
            .toList();
    this.attitudes = tours.attitudesFor(offer.session());
    this.surroundings = surroundings;
    this.attributes = attributes;
    this.isLastCheck = isLastCheck;
    this.isVirtual = isVirtual;
  }

  Mode mode() {
    return terms.mode().orElse(policy.mode());
  }

  /** The slots that use up what the offer's flow may have. */
  List<Slot> slotsOfFlow() {
    return slots.stream()
        .filter(slot -> slot.flowId.equals(offer.flowId()))
        .filter(slot -> slot.takesFlow() && (isVirtual || !slot.virtual))
        .toList();
  }

  int realSlotsSince(Instant since) {
    return (int) slots.stream().filter(slot -> slot.isReal() && slot.at.isAfter(since)).count();
  }

  /** The tour that this one follows; empty if it follows none. */
  Optional<Slot> followed() {
    if (!terms.followUp() || offer.moment().cause() != Cause.OUTCOME) {
      return Optional.empty();
    }
    return tours
        .find(offer.moment().outcomeOf())
        .filter(slot -> !slot.followUp && slot.over && slot.isReal())
        .filter(slot -> slot.end == Outcome.COMPLETED || slot.end == Outcome.DISMISSED)
        .filter(slot -> !now.isAfter(slot.lastReport.plus(FOLLOWS_WITHIN)));
  }

  /** Whether the visitor has to be asked first. */
  boolean invites() {
    return terms.invite().orElse(policy.invite())
        || attitudes.stream().anyMatch(Attitude::isInvitedOnly)
        || followed().filter(slot -> slot.end == Outcome.DISMISSED).isPresent();
  }

  /** Whether a page is one of those that patterns name. */
  static boolean isOn(List<String> patterns, String page) {
    return patterns.stream().anyMatch(pattern -> PagePattern.matches(pattern, page));
  }
}
