package dev.tourmaline.engine.internal.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timer wheel: scheduling, moving and removing an entry cost a few field writes, and what
 * is not due costs nothing but a glance each time its slot comes round. Belongs to one thread.
 */
final class TimerWheel {

  private static final int TICK_MILLIS = 250;
  private static final int SLOTS = 4096;
  private static final int NOWHERE = -1;

  private final Entry[] slots = new Entry[SLOTS];
  private long tick = Long.MIN_VALUE;

  /** Something that can come due. In at most one slot of one wheel. */
  abstract static class Entry {
    private long due;
    private @Nullable Entry next;
    private @Nullable Entry previous;
    private int slot = NOWHERE;

    final boolean isScheduled() {
      return slot != NOWHERE;
    }

    final long due() {
      return due;
    }
  }

  /** Schedules an entry, which may be scheduled already, for a time in milliseconds. */
  void schedule(Entry entry, long due) {
    cancel(entry);
    if (tick == Long.MIN_VALUE) {
      tick = due / TICK_MILLIS - 1;
    }
    entry.due = due;
    // What is overdue already waits for the next tick.
    int slot = slot(Math.max(due / TICK_MILLIS, tick + 1));
    entry.slot = slot;
    Entry head = slots[slot];
    entry.next = head;
    if (head != null) {
      head.previous = entry;
    }
    slots[slot] = entry;
  }

  void cancel(Entry entry) {
    if (entry.slot == NOWHERE) {
      return;
    }
    Entry previous = entry.previous;
    Entry next = entry.next;
    if (previous != null) {
      previous.next = next;
    } else {
      slots[entry.slot] = next;
    }
    entry.slot = NOWHERE;
    if (next != null) {
      next.previous = previous;
    }
    entry.previous = null;
    entry.next = null;
  }

  /**
   * Takes out what has come due, whole ticks at a time.
   *
   * @param now the time in milliseconds
   * @param expired takes each entry; it may schedule it, or others, anew
   */
  void advance(long now, Consumer<Entry> expired) {
    long until = now / TICK_MILLIS - 1;
    if (tick == Long.MIN_VALUE) {
      tick = until;
      return;
    }
    // After a long pause every slot is visited once, not once for each round.
    long from = Math.max(tick + 1, until - SLOTS + 1);
    for (long t = from; t <= until; t++) {
      tick = t;
      expire(slot(t), now, expired);
    }
    tick = Math.max(tick, until);
  }

  /** Takes out everything that is due at a time, the begun tick included. */
  void advanceExactly(long now, Consumer<Entry> expired) {
    advance(now, expired);
    expire(slot(now / TICK_MILLIS), now, expired);
  }

  private void expire(int slot, long now, Consumer<Entry> expired) {
    Entry entry = slots[slot];
    Entry overdue = null;
    while (entry != null) {
      Entry next = entry.next;
      if (entry.due <= now) {
        cancel(entry);
        entry.next = overdue;
        overdue = entry;
      }
      entry = next;
    }
    while (overdue != null) {
      Entry next = overdue.next;
      overdue.next = null;
      expired.accept(overdue);
      overdue = next;
    }
  }

  private static int slot(long tick) {
    return (int) (tick & SLOTS - 1);
  }
}
