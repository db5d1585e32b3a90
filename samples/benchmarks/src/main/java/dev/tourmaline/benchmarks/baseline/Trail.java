package dev.tourmaline.benchmarks.baseline;

import dev.tourmaline.workload.Behaviour;
import java.util.Arrays;

/**
 * What one session did, oldest first, and the search in it for what its newest action completes.
 */
final class Trail {

  static final byte OTHER = 0;
  static final byte PAGEVIEW = 1;
  static final byte CLICK = 2;
  static final byte SUBMIT = 4;

  /** A page view that begins a visit has this bit, too. */
  private static final byte VISIT = 8;

  /** And this one, if the visit is to another canonical path than the one before. */
  private static final byte RUN = 16;

  private static final int LATE_AFTER_MILLIS = 30_000;

  private static final int ANY = -1;

  private long[] times = new long[8];
  private byte[] kinds = new byte[8];
  private short[] pages = new short[8];
  private int[] titles = new int[8];
  private String viewed = "";
  private int size;

  /** Takes an action unless it is late, or another of the same time is there already. */
  boolean add(long time, byte kind, short page, String rawPath, int title) {
    int before = size - 1;
    while (before >= 0 && times[before] > time) {
      before--;
    }
    boolean repeat = before >= 0 && times[before] == time;
    if (repeat || size > 0 && time < times[size - 1] - LATE_AFTER_MILLIS) {
      return false;
    }
    if (size == times.length) {
      int more = size + size / 2;
      times = Arrays.copyOf(times, more);
      kinds = Arrays.copyOf(kinds, more);
      pages = Arrays.copyOf(pages, more);
      titles = Arrays.copyOf(titles, more);
    }
    times[size] = time;
    kinds[size] = kind;
    if (kind == PAGEVIEW && !rawPath.equals(viewed)) {
      int visit = last(VISIT, size - 1);
      boolean run = visit < 0 || pages[visit] != page;
      kinds[size] |= run ? VISIT | RUN : VISIT;
      viewed = rawPath;
    }
    pages[size] = page;
    titles[size] = title;
    size++;
    return true;
  }

  /** Whether the newest action completes the behaviour; its kind and page are right already. */
  boolean completes(Behaviour behaviour, int page, int other) {
    int newest = size - 1;
    int here = pages[newest];
    int wanted = behaviour.count();
    long window = behaviour.seconds() * 1000L;
    long from = times[newest] - window;
    return switch (behaviour.form()) {
      case REVISIT -> count(VISIT, here, from) >= wanted && count(SUBMIT, here, from) == 0;
      case PING_PONG -> pingPongs(from) >= wanted;
      case RAGE_CLICK -> count(CLICK, here, titles[newest], from) >= wanted;
      case REPEATED_SUBMIT -> count(SUBMIT, here, from) >= wanted;
      case MANY_CLICKS -> count(CLICK, here, from) >= wanted;
      case CLICK_AFTER_VISIT -> count(VISIT, other, from) > 0;
      case CAME_FROM -> cameFrom(other);
      case SUBMIT_THEN_SUBMIT -> count(SUBMIT, here, from) > 1;
      case SUBMIT_THEN_CLICK -> count(SUBMIT, here, from) > 0;
      case CLICK_THEN_SUBMIT -> count(CLICK, page, from) > 0;
      case VIEW_THEN_CLICK -> count(PAGEVIEW, page, from) > 0;
      case CLICK_VIEW_CLICK -> clickViewClick(here, other, window);
    };
  }

  private int count(byte kind, int page, long from) {
    return count(kind, page, ANY, from);
  }

  private int count(byte kind, int page, int title, long from) {
    int found = 0;
    for (int i = size - 1; i >= 0 && times[i] >= from; i--) {
      if ((kinds[i] & kind) != 0 && pages[i] == page && (title == ANY || titles[i] == title)) {
        found++;
      }
    }
    return found;
  }

  /** The place of the last action of a kind at or before a place; negative for none. */
  private int last(byte kind, int place) {
    int i = place;
    while (i >= 0 && (kinds[i] & kind) == 0) {
      i--;
    }
    return i;
  }

  private boolean cameFrom(int page) {
    int before = last(VISIT, last(VISIT, size - 1) - 1);
    return before >= 0 && pages[before] == page;
  }

  private int pingPongs(long from) {
    int third = size - 1;
    int second = last(RUN, third - 1);
    int first = last(RUN, second - 1);
    boolean back = first >= 0 && pages[first] == pages[third] && (kinds[third] & RUN) != 0;
    int found = 0;
    while (back && first >= 0 && times[first] >= from) {
      found += pages[first] == pages[third] ? 1 : 0;
      third = second;
      second = first;
      first = last(RUN, first - 1);
    }
    return found;
  }

  private boolean clickViewClick(int page, int other, long window) {
    long from = times[size - 1] - window;
    for (int view = size - 2; view >= 0 && times[view] >= from; view--) {
      if ((kinds[view] & PAGEVIEW) != 0 && pages[view] == other) {
        for (int i = view - 1; i >= 0 && times[i] >= times[view] - window; i--) {
          if (kinds[i] == CLICK && pages[i] == page) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
