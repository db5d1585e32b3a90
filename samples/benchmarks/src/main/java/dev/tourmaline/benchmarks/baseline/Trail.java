package dev.tourmaline.benchmarks.baseline;

import java.util.Arrays;

/** What one session did, oldest first. */
final class Trail {

  long[] times = new long[8];
  byte[] kinds = new byte[8];
  short[] pages = new short[8];
  int[] titles = new int[8];
  boolean[] visits = new boolean[8];
  int size;

  void add(long time, byte kind, short page, int title) {
    if (size == times.length) {
      int more = size + size / 2;
      times = Arrays.copyOf(times, more);
      kinds = Arrays.copyOf(kinds, more);
      pages = Arrays.copyOf(pages, more);
      titles = Arrays.copyOf(titles, more);
      visits = Arrays.copyOf(visits, more);
    }
    int before = kind == Kinds.PAGEVIEW ? viewBefore(size) : size;
    visits[size] = kind == Kinds.PAGEVIEW && (before < 0 || pages[before] != page);
    times[size] = time;
    kinds[size] = kind;
    pages[size] = page;
    titles[size] = title;
    size++;
  }

  /** The place of the last page view before a place; negative for none. */
  int viewBefore(int place) {
    int i = place - 1;
    while (i >= 0 && kinds[i] != Kinds.PAGEVIEW) {
      i--;
    }
    return i;
  }

  /** The place of the last visit at or before a place; negative for none. */
  int visitAt(int place) {
    int i = place;
    while (i >= 0 && !visits[i]) {
      i--;
    }
    return i;
  }

  /** The kinds of action, as small numbers. */
  static final class Kinds {
    static final byte OTHER = 0;
    static final byte PAGEVIEW = 1;
    static final byte CLICK = 2;
    static final byte SUBMIT = 3;

    private Kinds() {}

    static byte of(String type) {
      return switch (type) {
        case "pageview" -> PAGEVIEW;
        case "click" -> CLICK;
        case "submit" -> SUBMIT;
        default -> OTHER;
      };
    }
  }
}
