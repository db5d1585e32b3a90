package dev.tourmaline.engine.internal.core;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timing wheel (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987,
 * scheme 6): 4096 slots of 250 ms. Scheduling, moving and removing an entry is O(1), a few field
 * writes; an entry that is not due is passed over once a round, every 17 minutes. Belongs to one
 * thread.
 */
final class TimerWheel {

  private static final int TICK_MILLIS = 250;
  private static final int SLOTS = 4096;
  private static final int NOWHERE = -1;
  private static final long NEVER = Long.MIN_VALUE;

  /** The slot behind the others: overdue entries. */
  private static final int OVERDUE = SLOTS;

  private final Entry[] slots = new Entry[SLOTS + 1];
  private long tick = NEVER;
  private boolean advanced;

  /** A timer: an intrusive node in at most one slot of one wheel. */
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
    if (!advanced) {
      // The wheel has no time yet: any entry may be the next one due.
      long before = due / TICK_MILLIS - 1;
      tick = tick == NEVER ? before : Math.min(tick, before);
    }
    entry.due = due;
    // What is overdue already waits for the next tick.
    link(entry, slot(Math.max(due / TICK_MILLIS, tick + 1)));
  }

  private void link(Entry entry, int slot) {
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
   * Expires the entries that are due, whole ticks at a time.
   *
   * @param now the time in milliseconds
   */
  void advance(long now, Consumer<Entry> expired) {
    long until = now / TICK_MILLIS - 1;
    if (!advanced) {
      advanced = true;
      tick = tick == NEVER ? until : Math.min(tick, until);
    }
    // After a long pause every slot is visited once, not once for each round.
    long from = Math.max(tick + 1, until - SLOTS + 1);
    for (long t = from; t <= until; t++) {
      tick = t;
      expire(slot(t), now, expired);
    }
    tick = Math.max(tick, until);
  }

  /** Expires all entries that are due, the current tick included. */
  void advanceExactly(long now, Consumer<Entry> expired) {
    advance(now, expired);
    boolean more = true;
    while (more) {
      // What one entry schedules for a time that has come is not left for the next tick either.
      more = expire(slot(now / TICK_MILLIS), now, expired);
    }
  }

  /** Expires the due entries of a slot; {@return whether there were any} */
  private boolean expire(int slot, long now, Consumer<Entry> expired) {
    Entry entry = slots[slot];
    while (entry != null) {
      Entry next = entry.next;
      if (entry.due <= now) {
        cancel(entry);
        link(entry, OVERDUE);
      }
      entry = next;
    }
    Entry overdue = slots[OVERDUE];
    boolean any = overdue != null;
    while (overdue != null) {
      cancel(overdue);
      expired.accept(overdue);
      overdue = slots[OVERDUE];
    }
    return any;
  }

  /** Forgets all entries, which belong to nobody any more. */
  void clear() {
    Arrays.fill(slots, null);
  }

  private static int slot(long tick) {
    return (int) (tick & SLOTS - 1);
  }
}
