package dev.tourmaline.engine.internal.drools.runtime;

import java.util.ArrayDeque;

/**
 * The Drools sessions of a lane that were opened last. Opening one again costs some microseconds,
 * keeping one that holds nothing 3 KB: so only some of those stay open.
 */
final class EmptySessions {

  private static final int MOST = 512;

  private final ArrayDeque<EvaluatedSession> opened = new ArrayDeque<>();

  /** Notes that a session's Drools session was opened; lets go of one that holds nothing. */
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
