package dev.tourmaline.engine.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * The passivated sessions of one lane in the order in which they fell asleep, and the bytes that
 * they take. An intrusive doubly linked list: each step takes constant time. Belongs to one thread.
 */
final class SleepingQueue {

  private @Nullable SleepingSession oldest;
  private @Nullable SleepingSession newest;
  private long bytes;

  /** {@return the one asleep for longest, or null} */
  @Nullable SleepingSession oldest() {
    return oldest;
  }

  /** {@return what they take of the heap, as {@link Footprint} estimates it} */
  long bytes() {
    return bytes;
  }

  void add(SleepingSession session) {
    SleepingSession last = newest;
    session.older = last;
    if (last == null) {
      oldest = session;
    } else {
      last.newer = session;
    }
    newest = session;
    bytes += Footprint.of(session);
  }

  void remove(SleepingSession session) {
    SleepingSession before = session.older;
    SleepingSession after = session.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    session.older = null;
    session.newer = null;
    bytes -= Footprint.of(session);
  }

  void clear() {
    oldest = null;
    newest = null;
    bytes = 0;
  }
}
