package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one decision to start a tour: a reservation against the policy's limits, as
 * long as it was not released. One that was held out or in shadow is virtual: it counts only where
 * the same flow would be held out or in shadow again. Guarded by its user's lock.
 */
final class Slot {

  private static final Duration SILENCE_ENDS_AFTER = Duration.ofMinutes(2);
  private static final Duration UNREPORTED_ENDS_AFTER = Duration.ofMinutes(5);
  private static final Duration UNCONFIRMED_HOLDS = Duration.ofDays(7);

  final String triggerId;
  final String flowId;
  final SessionKey session;
  Instant at;
  Instant lastReport;

  /** Whether its session is vouched for as the user's. */
  boolean vouched;

  boolean virtual;
  boolean released;

  /** Whether it passed over the gates. */
  boolean forced;

  boolean followUp;

  /** Whether the visitor was asked first. */
  boolean invited;

  boolean shown;
  boolean confirmed;
  boolean reported;
  boolean over;

  /** How it ended; null while it has not, or nothing tells. */
  @Nullable Outcome end;

  Slot(String triggerId, String flowId, SessionKey session, Instant at) {
    this.triggerId = triggerId;
    this.flowId = flowId;
    this.session = session;
    this.at = at;
    this.lastReport = at;
  }

  /** Whether the limits count it. */
  boolean isReal() {
    return !released && !virtual;
  }

  /** Whether its tour was, or may yet be, on the screen: an invitation alone uses no flow up. */
  boolean takesFlow() {
    return !released && (shown || !over);
  }

  /** Whether it was reported shown, but nobody has seen the tour on the screen. */
  boolean isUnconfirmed() {
    return shown && !confirmed;
  }

  /** Whether it holds its flow because nobody knows whether it was seen. */
  boolean holdsUnconfirmed(Instant now) {
    return isUnconfirmed() && now.isBefore(at.plus(UNCONFIRMED_HOLDS));
  }

  /** Whether it, or its invitation, is on the screen as far as is known. */
  boolean runs(Instant now) {
    Duration timeout = reported ? SILENCE_ENDS_AFTER : UNREPORTED_ENDS_AFTER;
    return !released
        && !over
        && (shown || invited && reported)
        && now.isBefore(lastReport.plus(timeout));
  }

  void shown(Instant now) {
    if (!shown) {
      shown = true;
      at = now;
    }
    lastReport = now;
  }

  String state() {
    return !shown ? "reserved" : confirmed ? "shown" : "shown, unconfirmed,";
  }
}
