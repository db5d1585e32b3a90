package dev.tourmaline.engine.internal.drools.runtime;

import java.util.ArrayDeque;

/**
 * A bounded FIFO cache of a lane's empty Drools sessions: creating one costs some microseconds,
 * keeping an empty one 3 KB.
 */
final class EmptySessionCache {

  private static final int MOST = 512;

  private final ArrayDeque<EvaluatedSession> opened = new ArrayDeque<>();

  /** Adds a session whose Drools session was opened; disposes the oldest one if it is empty. */
  void opened(EvaluatedSession session) {
    opened.addLast(session);
    if (opened.size() > MOST) {
      EvaluatedSession oldest = opened.removeFirst();
      RuleSession rules = oldest.ruleSession();
      if (oldest != session && rules != null && rules.isEmpty()) {
        rules.dispose();
        oldest.ruleSession(null);
      }
    }
  }
}
