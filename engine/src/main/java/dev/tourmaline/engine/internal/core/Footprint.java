package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.session.SessionKey;

/**
 * Estimates of the heap that a session takes, in bytes: a constant for its objects, two bytes for
 * each character of its texts, its log or its history, and what it retains in Drools.
 */
final class Footprint {

  /** Headers and the places in the tables; the log holds the key too. */
  private static final long ASLEEP = 160;

  private static final int AWAKE = 512;

  private Footprint() {}

  static long of(SleepingSession session) {
    return ASLEEP + session.log.length;
  }

  static long of(UserSession session, RuleEvaluator evaluator) {
    return AWAKE
        + textsOf(session.key())
        + (long) Character.BYTES * session.userId.length()
        + session.history.bytes()
        + evaluator.bytes(session);
  }

  private static long textsOf(SessionKey key) {
    return (long) Character.BYTES * (key.productId().length() + key.sessionId().length());
  }
}
