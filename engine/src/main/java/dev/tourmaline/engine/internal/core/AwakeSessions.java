package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The active sessions of one lane, and the bytes that they take. Which of them is to go is found by
 * CLOCK eviction (Corbato, "A Paging Experiment with the Multics System", 1968), an approximation
 * of least recently used in amortised constant time: a pointer goes round and stops at what has not
 * been used since its last pass. Belongs to one thread.
 */
final class AwakeSessions {

  private final List<UserSession> sessions = new ArrayList<>();
  private int pointer;
  private int pinned;
  private long bytes;

  int size() {
    return sessions.size();
  }

  /** {@return what they take of the heap, as {@link Footprint} estimates it} */
  long bytes() {
    return bytes;
  }

  List<UserSession> all() {
    return List.copyOf(sessions);
  }

  void forEach(Consumer<UserSession> step) {
    sessions.forEach(step);
  }

  void add(UserSession session, RuleEvaluator evaluator) {
    session.place = sessions.size();
    sessions.add(session);
    weigh(session, evaluator);
  }

  void remove(UserSession session) {
    unpin(session);
    UserSession last = sessions.remove(sessions.size() - 1);
    if (last != session) {
      sessions.set(session.place, last);
      last.place = session.place;
    }
    session.place = UserSession.NOWHERE;
    bytes -= session.bytes;
    session.bytes = 0;
  }

  /** Estimates anew what a session takes. */
  void weigh(UserSession session, RuleEvaluator evaluator) {
    bytes -= session.bytes;
    session.bytes = Footprint.of(session, evaluator);
    bytes += session.bytes;
  }

  /** Keeps a session awake: an event is being evaluated in it. */
  void pin(UserSession session) {
    if (!session.pinned) {
      session.pinned = true;
      pinned++;
    }
  }

  void unpin(UserSession session) {
    if (session.pinned) {
      session.pinned = false;
      pinned--;
    }
  }

  /** {@return a session that has not been used lately; empty where all are pinned} */
  Optional<UserSession> notUsedLately() {
    for (int left = 2 * sessions.size(); pinned < sessions.size() && left > 0; left--) {
      pointer = pointer < sessions.size() ? pointer : 0;
      UserSession session = sessions.get(pointer);
      // Goes on in any case: the newest takes the place of one that is removed.
      pointer++;
      if (!session.used && !session.pinned) {
        return Optional.of(session);
      }
      session.used = false;
    }
    return Optional.empty();
  }

  void clear() {
    sessions.clear();
    pinned = 0;
    bytes = 0;
  }
}
