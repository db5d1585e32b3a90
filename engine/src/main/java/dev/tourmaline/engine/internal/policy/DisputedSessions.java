package dev.tourmaline.engine.internal.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sessions that two users have claimed, each until it has been one user's for 30 min, or has
 * ended. Bounded, and on the safe side: where there are too many, the oldest is let go, and until
 * its dispute would be over every session counts as disputed. Thread-safe.
 */
final class DisputedSessions {

  private static final Duration LASTS = Duration.ofMinutes(30);

  private final int most;
  private final Map<Fingerprint, Instant> untilBySession = new LinkedHashMap<>();
  private Instant allUntil = Instant.MIN;

  DisputedSessions(int most) {
    this.most = most;
  }

  /** Notes that a session has gone from one user to another. */
  synchronized void changedHands(Fingerprint session, Instant now) {
    untilBySession.remove(session);
    untilBySession.put(session, now.plus(LASTS));
    Iterator<Instant> oldest = untilBySession.values().iterator();
    for (Instant until = oldest.next();
        !now.isBefore(until) || untilBySession.size() > most;
        until = oldest.next()) {
      allUntil = until.isAfter(allUntil) ? until : allUntil;
      oldest.remove();
    }
  }

  /** Notes the first claim of a session that has begun: a dispute of one before it has ended. */
  synchronized void began(Fingerprint session) {
    untilBySession.remove(session);
  }

  synchronized boolean isDisputed(Fingerprint session, Instant now) {
    return now.isBefore(allUntil)
        || now.isBefore(untilBySession.getOrDefault(session, Instant.MIN));
  }

  synchronized int size() {
    return untilBySession.size();
  }
}
