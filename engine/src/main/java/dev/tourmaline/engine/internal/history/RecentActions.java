package dev.tourmaline.engine.internal.history;

import java.util.Arrays;

/**
 * What a session knows of its actions of the last 30 s, in which one can still come late or twice:
 * the identity of each, and of the raw path of each page view. In event time order; bounded, at
 * {@value #MOST} actions: where more come within 30 s, what is older than those kept counts as
 * late.
 *
 * <p>Identities are keyed hashes of 64 bits.
 */
final class RecentActions {

  static final int MOST = 1_024;

  /** The identity of a raw path that was not kept, or of an action that is no page view. */
  static final long NONE = 0;

  private static final long ALLOWED_LATENESS = 30_000;
  private static final int STRIDE = 3;
  private static final int FLAG_BITS = 2;
  private static final int VIEW = 1;

  /** The action came without its start: it is no repeat, and has none. */
  private static final int STARTLESS = 2;

  private long[] entries = new long[2 * STRIDE];
  private int size;

  /** That of the newest page view before the entries. */
  private long viewBefore = NONE;

  /** Actions before this time are late, for their identities were not kept. */
  private long notKeptBefore = Long.MIN_VALUE;

  int size() {
    return size;
  }

  long time(int place) {
    return entries[place * STRIDE] >> FLAG_BITS;
  }

  long identity(int place) {
    return entries[place * STRIDE + 1];
  }

  /** The raw path of a page view; {@link #NONE} of another action. */
  long view(int place) {
    return entries[place * STRIDE + 2];
  }

  boolean isStartless(int place) {
    return (entries[place * STRIDE] & STARTLESS) != 0;
  }

  boolean isView(int place) {
    return (entries[place * STRIDE] & VIEW) != 0;
  }

  long viewBefore() {
    return viewBefore;
  }

  void viewBefore(long saved) {
    viewBefore = saved;
  }

  long notKeptBefore() {
    return notKeptBefore;
  }

  /** The memory it takes, in bytes. */
  int weight() {
    return 64 + entries.length * Long.BYTES;
  }

  /** Whether an action of that time is a repeat of one that is kept. */
  boolean holds(long at, long identity) {
    for (int i = size - 1; i >= 0 && time(i) >= at; i--) {
      if (time(i) == at && identity(i) == identity && !isStartless(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an action comes too late to be inserted. */
  boolean isLate(long at) {
    return size > 0 && at < Math.max(time(size - 1) - ALLOWED_LATENESS, notKeptBefore);
  }

  /**
   * Inserts an action behind those of the same time, and drops what is too old to matter.
   *
   * @param view the identity of its raw path if it is a page view
   * @return its place
   */
  int add(long at, long identity, boolean startless, boolean isView, long view) {
    if (size > 0 && at > time(size - 1)) {
      dropBefore(at - ALLOWED_LATENESS);
    }
    if (size == MOST) {
      notKeptBefore = Math.max(notKeptBefore, time(0) + 1);
      drop(1);
    }
    int place = size;
    while (place > 0 && time(place - 1) > at) {
      place--;
    }
    if (size * STRIDE == entries.length) {
      entries = Arrays.copyOf(entries, Math.min(MOST, size + (size >> 1) + 1) * STRIDE);
    }
    int from = place * STRIDE;
    System.arraycopy(entries, from, entries, from + STRIDE, (size - place) * STRIDE);
    size++;
    set(place, at, identity, startless, isView, view);
    return place;
  }

  private void dropBefore(long oldest) {
    int old = 0;
    while (old < size && time(old) < oldest) {
      old++;
    }
    if (old > 0) {
      drop(old);
    }
  }

  private void drop(int oldest) {
    for (int i = 0; i < oldest; i++) {
      viewBefore = isView(i) ? view(i) : viewBefore;
    }
    size -= oldest;
    System.arraycopy(entries, oldest * STRIDE, entries, 0, size * STRIDE);
    if (size * 4 * STRIDE < entries.length) {
      entries = Arrays.copyOf(entries, Math.max(2, size) * STRIDE);
    }
  }

  /** Whether a page view begins a visit: its raw path is not that of the view before. */
  boolean beginsVisit(int place) {
    int before = place - 1;
    while (before >= 0 && !isView(before)) {
      before--;
    }
    long path = before < 0 ? viewBefore : view(before);
    return path == NONE || path != view(place);
  }

  /** The next page view behind a place, or {@link #size}. */
  int nextView(int place) {
    int next = place + 1;
    while (next < size && !isView(next)) {
      next++;
    }
    return next;
  }

  /** Empties it, with room for so many actions, which are prepended next. */
  void begin(int room, long savedNotKeptBefore) {
    entries = new long[Math.max(2, room) * STRIDE];
    size = 0;
    viewBefore = NONE;
    notKeptBefore = savedNotKeptBefore;
  }

  /** Restores an action no newer than the others. */
  void prepend(long at, long identity, boolean startless, boolean isView, long view) {
    System.arraycopy(entries, 0, entries, STRIDE, size * STRIDE);
    size++;
    set(0, at, identity, startless, isView, view);
  }

  private void set(
      int place, long at, long identity, boolean startless, boolean isView, long view) {
    int from = place * STRIDE;
    entries[from] = at << FLAG_BITS | (startless ? STARTLESS : 0) | (isView ? VIEW : 0);
    entries[from + 1] = identity;
    entries[from + 2] = view;
  }
}
