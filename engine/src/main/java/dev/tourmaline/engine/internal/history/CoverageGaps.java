package dev.tourmaline.engine.internal.history;

import java.util.Arrays;

/**
 * Intervals of event time in which a stream could not be seen, in milliseconds, sorted and merged.
 * Copied on write: one thread may add while others read.
 */
public final class CoverageGaps {

  /** The most intervals kept; beyond it the oldest ones are merged. */
  private static final int REMEMBERED = 64;

  private static final long NOT_OPEN = Long.MAX_VALUE;

  private volatile long[] bounds = {};
  private volatile long openSince = NOT_OPEN;

  /**
   * Adds an interval, both ends included. O(intervals).
   *
   * @param from its begin in milliseconds since the epoch
   * @param to its end, not before its begin
   */
  public synchronized void add(long from, long to) {
    long[] old = bounds;
    long[] merged = new long[old.length + 2];
    int size = 0;
    long begin = from;
    long end = Math.max(from, to);
    boolean placed = false;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] < begin) {
        merged[size++] = old[i];
        merged[size++] = old[i + 1];
      } else if (old[i] > end) {
        if (!placed) {
          merged[size++] = begin;
          merged[size++] = end;
          placed = true;
        }
        merged[size++] = old[i];
        merged[size++] = old[i + 1];
      } else {
        begin = Math.min(begin, old[i]);
        end = Math.max(end, old[i + 1]);
      }
    }
    if (!placed) {
      merged[size++] = begin;
      merged[size++] = end;
    }
    int drop = Math.max(0, size / 2 - REMEMBERED);
    if (drop > 0) {
      // Conservative: what lies between the oldest intervals becomes a gap too.
      merged[2 * drop] = merged[0];
    }
    bounds = Arrays.copyOfRange(merged, 2 * drop, size);
  }

  /**
   * Begins an interval whose end is not known yet. Does nothing while one is open.
   *
   * @param from its begin in milliseconds since the epoch
   */
  public synchronized void begin(long from) {
    if (openSince == NOT_OPEN) {
      openSince = from;
    }
  }

  /**
   * Ends the open interval, if there is one.
   *
   * @return whether there was one
   */
  public synchronized boolean end(long to) {
    if (openSince == NOT_OPEN) {
      return false;
    }
    add(openSince, to);
    openSince = NOT_OPEN;
    return true;
  }

  /** Whether an interval touches the span, ends included. */
  boolean touches(long from, long to) {
    if (openSince <= to) {
      return true;
    }
    long[] now = bounds;
    for (int i = now.length - 2; i >= 0 && now[i + 1] >= from; i -= 2) {
      if (now[i] <= to) {
        return true;
      }
    }
    return false;
  }

  /**
   * When the first interval that ends after a moment begins, but not before that moment; or {@code
   * to} if none begins by then.
   */
  long seenUntil(long from, long to) {
    long until = Math.min(to, Math.max(from, openSince));
    long[] now = bounds;
    for (int i = now.length - 2; i >= 0 && now[i + 1] > from; i -= 2) {
      until = Math.min(until, Math.max(from, now[i]));
    }
    return until;
  }

  long[] bounds() {
    return bounds;
  }
}
