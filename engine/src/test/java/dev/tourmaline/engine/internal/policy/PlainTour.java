package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One line of the page's table of what counts. */
final class PlainTour {

  private static final Set<Outcome> OF_INVITATION =
      Set.of(
          Outcome.INVITED, Outcome.ACCEPTED, Outcome.SNOOZED, Outcome.DECLINED, Outcome.OPTED_OUT);
  private static final Set<Outcome> ENDS =
      Set.of(
          Outcome.COMPLETED,
          Outcome.DISMISSED,
          Outcome.FAILED,
          Outcome.SNOOZED,
          Outcome.DECLINED,
          Outcome.OPTED_OUT);

  final String id;
  final String flow;
  final SessionKey session;

  /** Since when it counts. */
  Instant at;

  Instant heardAt;
  boolean askedFirst;
  boolean heard;
  boolean shown;
  boolean confirmed;
  boolean ended;
  boolean gone;
  boolean forced;
  boolean followUp;
  boolean pretended;
  Optional<Outcome> end = Optional.empty();

  PlainTour(Offer offer, Instant now) {
    id = offer.id();
    flow = offer.flowId();
    session = offer.session();
    at = now;
    heardAt = now;
  }

  boolean counts() {
    return !gone && !pretended;
  }

  boolean usesUpItsFlow() {
    return !gone && (shown || !ended);
  }

  boolean isUnconfirmed() {
    return shown && !confirmed;
  }

  boolean isOnScreen(Instant now) {
    boolean isThere = !pretended && !gone && !ended && (shown || askedFirst && heard);
    return isThere && now.isBefore(heardAt.plus(Duration.ofMinutes(heard ? 2 : 5)));
  }

  void report(Outcome outcome, boolean seen, Instant now) {
    if (outcome == Outcome.FAILED) {
      gone = gone || !confirmed;
      ended = true;
      return;
    }
    boolean appearsAfterAll = outcome == Outcome.SHOWN && end.equals(Optional.of(Outcome.FAILED));
    if (appearsAfterAll) {
      ended = false;
      end = Optional.empty();
    }
    gone = false;
    heard = true;
    heardAt = ended && !end.equals(Optional.of(Outcome.FAILED)) ? heardAt : now;
    if (OF_INVITATION.contains(outcome)) {
      askedFirst = true;
    } else {
      at = shown ? at : now;
      shown = true;
      confirmed |= seen;
    }
    ended |= ENDS.contains(outcome);
  }

  void delivered(Instant now) {
    at = shown ? at : now;
    shown = true;
    confirmed = true;
    heardAt = now;
  }
}
