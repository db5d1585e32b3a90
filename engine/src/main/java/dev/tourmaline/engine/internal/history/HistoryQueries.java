package dev.tourmaline.engine.internal.history;

/**
 * Scans of a history backwards from a time, O(actions in the window) each. Windows include both
 * ends. Nothing here allocates.
 */
public final class HistoryQueries {

  /** The result of {@link #millisSince} where there is no such action. */
  public static final long NONE = -1;

  private HistoryQueries() {}

  /** How many actions of a kind, on one page, the window up to {@code at} holds. */
  public static int count(History history, long at, long window, int kind, int path) {
    long from = at - window;
    int n = 0;
    for (int i = history.upTo(at); i >= history.first() && history.time(i) >= from; i--) {
      if (history.pathNumber(i) == path && (kind == ActionKind.ANY || history.kind(i) == kind)) {
        n++;
      }
    }
    return n;
  }

  /** The same, on all pages whose path matches. */
  public static int count(History history, long at, long window, int kind, Glob glob) {
    long from = at - window;
    int n = 0;
    for (int i = history.upTo(at); i >= history.first() && history.time(i) >= from; i--) {
      if ((kind == ActionKind.ANY || history.kind(i) == kind) && history.path(i).matches(glob)) {
        n++;
      }
    }
    return n;
  }

  public static int visits(History history, long at, long window, int path) {
    long from = at - window;
    int n = 0;
    for (int i = history.upTo(at); i >= history.first() && history.time(i) >= from; i--) {
      if (history.pathNumber(i) == path && history.isVisit(i)) {
        n++;
      }
    }
    return n;
  }

  public static int visits(History history, long at, long window, Glob glob) {
    long from = at - window;
    int n = 0;
    for (int i = history.upTo(at); i >= history.first() && history.time(i) >= from; i--) {
      if (history.isVisit(i) && history.path(i).matches(glob)) {
        n++;
      }
    }
    return n;
  }

  /** How many actions of a kind on one element, that is a page and a title. */
  public static int onElement(
      History history, long at, long window, int kind, int path, long element) {
    long from = at - window;
    int n = 0;
    for (int i = history.upTo(at); i >= history.first() && history.time(i) >= from; i--) {
      if (history.pathNumber(i) == path
          && history.kind(i) == kind
          && history.element(i) == element) {
        n++;
      }
    }
    return n;
  }

  /** How long ago the last action of a kind on a matching page was, before the given place. */
  public static long millisSince(History history, long at, int place, int kind, Glob glob) {
    for (int i = place; i >= history.first(); i--) {
      boolean asked = kind == ActionKind.PAGEVIEW ? history.isVisit(i) : history.kind(i) == kind;
      if (asked && history.path(i).matches(glob)) {
        return at - history.time(i);
      }
    }
    return NONE;
  }

  /**
   * For how long matching pages were viewed within the window up to {@code at}: from each page view
   * to the next one, or to {@code at}, but no longer than the stream was seen.
   */
  public static long millisOn(History history, long at, long window, Glob glob) {
    long from = at - window;
    long until = at;
    long sum = 0;
    for (int i = history.upTo(at); i >= history.first() && until > from; i--) {
      if (history.kind(i) == ActionKind.PAGEVIEW) {
        long begin = history.time(i);
        if (history.path(i).matches(glob)) {
          long seen = history.coverage().seenUntil(begin, until);
          sum += Math.max(0, seen - Math.max(begin, from));
        }
        until = begin;
      }
    }
    return sum;
  }

  /** The first view of the visit before the current one at a place; before first: none. */
  private static int visitBefore(History history, int place) {
    int visit = history.visitAt(place);
    return visit < history.first() ? visit : history.visitAt(visit - 1);
  }

  /** The path of the visit before the current one at a place, or empty text. */
  public static String previousPage(History history, int place) {
    int before = visitBefore(history, place);
    return before < history.first() ? "" : history.path(before).text();
  }

  public static boolean cameFrom(History history, int place, String from) {
    int before = visitBefore(history, place);
    return before >= history.first() && matches(history, from, before);
  }

  public static boolean cameFrom(History history, int place, String from, String byWayOf) {
    int way = visitBefore(history, place);
    if (way < history.first() || !matches(history, byWayOf, way)) {
      return false;
    }
    int origin = visitBefore(history, way);
    return origin >= history.first() && matches(history, from, origin);
  }

  private static boolean matches(History history, String glob, int place) {
    return history.path(place).matches(history.glob(glob));
  }

  /**
   * How many A-B-A triples of pages, overlapping ones included, lie wholly within the window that
   * ends with the page view at {@code at}; 0 unless that view completes one. Visits in a row to one
   * canonical path count as one run, from its first view.
   */
  public static int pingPongs(History history, long at, long window) {
    int third = tripleEndingAt(history, at);
    if (third < history.first()) {
      return 0;
    }
    int second = runBefore(history, third);
    int begin = runBefore(history, second);
    int found = 0;
    while (begin >= history.first() && history.time(begin) >= at - window) {
      if (history.pathNumber(begin) == history.pathNumber(third)) {
        found++;
      }
      third = second;
      second = begin;
      begin = runBefore(history, begin);
    }
    return found;
  }

  /** Whether the view at {@code at} completes an A-B-A whose B began within the window. */
  public static boolean uTurn(History history, long at, long window) {
    int third = tripleEndingAt(history, at);
    return third >= history.first() && history.time(runBefore(history, third)) >= at - window;
  }

  /**
   * The place of the view at {@code at} if it completes an A-B-A, however long that took; before
   * first: it does not. Many rules may ask for different windows, so a no is remembered.
   */
  private static int tripleEndingAt(History history, long at) {
    int third = runBegunAt(history, at);
    if (third < history.first() || history.endsNoTriple(third)) {
      return history.first() - 1;
    }
    int begin = runBefore(history, runBefore(history, third));
    if (begin < history.first() || history.pathNumber(begin) != history.pathNumber(third)) {
      history.noteNoTriple(third);
      return history.first() - 1;
    }
    return third;
  }

  /** The place of the view at {@code at} if it begins a run; before first: it does not. */
  private static int runBegunAt(History history, long at) {
    int place = history.upTo(at);
    if (place < history.first() || !history.isVisit(place)) {
      return history.first() - 1;
    }
    int before = history.visitAt(place - 1);
    boolean begins =
        before < history.first() || history.pathNumber(before) != history.pathNumber(place);
    return begins ? place : history.first() - 1;
  }

  /** Where the run before the one that begins at a place began; before first: there is none. */
  private static int runBefore(History history, int place) {
    int start = history.visitAt(place - 1);
    int before = history.visitAt(start - 1);
    while (before >= history.first() && history.pathNumber(before) == history.pathNumber(start)) {
      start = before;
      before = history.visitAt(before - 1);
    }
    return start;
  }
}
