package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.NaiveGlob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a history must answer, in the words of the definitions and as slowly as they read. */
final class NaiveHistory {

  private final List<Seen> seen = new ArrayList<>();
  private final List<long[]> blind = new ArrayList<>();
  private int lastIndex = -1;

  record Seen(long at, UiAction action, String path, String rawPath) {
    boolean is(String type) {
      return action.type().equals(type);
    }
  }

  int take(UiAction action, long at) {
    long newest = newest();
    boolean repeat =
        action.start().isPresent()
            && at >= newest - 30_000
            && seen.stream()
                .anyMatch(
                    s ->
                        s.action.start().equals(action.start())
                            && s.action.type().equals(action.type())
                            && s.action.rawUrl().equals(action.rawUrl())
                            && s.action.title().equals(action.title()));
    boolean late = !seen.isEmpty() && at < newest - 30_000;
    boolean outOfOrder = !seen.isEmpty() && at < newest;
    boolean gap = false;
    int index = action.index();
    if (index >= 0) {
      gap = lastIndex >= 0 && index > lastIndex + 1 && !seen.isEmpty();
      // Out of order is no restart: the numbering goes on from the highest number.
      lastIndex = outOfOrder ? Math.max(lastIndex, index) : index;
    }
    if (gap) {
      blind(Math.min(newest, at), Math.max(newest, at));
    }
    if (repeat) {
      return History.REPEAT;
    }
    if (late) {
      return History.LATE;
    }
    int place = (int) seen.stream().filter(s -> s.at <= at).count();
    boolean canonical = !action.canonicalUrl().isEmpty();
    String path = pathOf(canonical ? action.canonicalUrl() : action.rawUrl());
    seen.add(place, new Seen(at, action, path, pathOf(action.rawUrl())));
    return gap ? History.TAKEN_AFTER_GAP : History.TAKEN;
  }

  private static String pathOf(String url) {
    String path = url.replaceFirst("^https://[^/]*", "").replaceFirst("[?#].*", "");
    return path.isEmpty() && !url.isEmpty() ? "/" : path;
  }

  void blind(long from, long to) {
    blind.add(new long[] {from, to});
  }

  long newest() {
    return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).at;
  }

  /** Remembers the newest so many, and what is not older than so much. */
  void bound(int actions, long millis) {
    while (seen.size() > actions || seen.get(0).at < newest() - millis) {
      seen.remove(0);
    }
  }

  List<Seen> upTo(long at) {
    return seen.stream().filter(s -> s.at <= at).toList();
  }

  /** Page views that begin a visit, up to a time. */
  List<Seen> visits(long at) {
    List<Seen> visits = new ArrayList<>();
    String before = null;
    for (Seen s : upTo(at)) {
      if (s.is("pageview")) {
        if (!s.rawPath.equals(before)) {
          visits.add(s);
        }
        before = s.rawPath;
      }
    }
    return visits;
  }

  int count(long at, long window, Predicate<Seen> which) {
    return (int) upTo(at).stream().filter(s -> s.at >= at - window).filter(which).count();
  }

  static final List<String> COUNTED =
      List.of("pageview", "click", "submit", "type", "focus", "blur", "any", "visits");

  /** What {@link #COUNTED} names. */
  int[] counts(long at, long window, Predicate<Seen> where) {
    int[] counts = new int[COUNTED.size()];
    for (Seen s : seen) {
      if (s.at <= at && s.at >= at - window && where.test(s)) {
        int type = COUNTED.indexOf(s.action.type());
        if (type >= 0) {
          counts[type]++;
        }
        counts[6]++;
      }
    }
    for (Seen s : visits(at)) {
      counts[7] += s.at >= at - window && where.test(s) ? 1 : 0;
    }
    return counts;
  }

  private static <T> T last(List<T> list, int fromEnd) {
    return list.size() < fromEnd ? null : list.get(list.size() - fromEnd);
  }

  double secondsSince(long at, boolean itselfToo, Predicate<Seen> which, boolean visit) {
    List<Seen> before = upTo(at);
    if (!itselfToo) {
      before = before.subList(0, before.size() - 1);
    }
    List<Seen> visits = visits(at);
    List<Seen> asked =
        before.stream().filter(s -> visit ? isIn(visits, s) : true).filter(which).toList();
    return asked.isEmpty() ? Double.POSITIVE_INFINITY : (at - last(asked, 1).at) / 1000.0;
  }

  private static boolean isIn(List<Seen> list, Seen one) {
    return list.stream().anyMatch(s -> s == one);
  }

  double secondsOnPage(long at) {
    Seen visit = last(visits(at), 1);
    return visit == null ? 0 : (at - visit.at) / 1000.0;
  }

  /** The stays on pages, each as long as the stream was seen, as far as they lie in the window. */
  double secondsOn(long at, long window, Predicate<Seen> where) {
    List<Seen> views = upTo(at).stream().filter(s -> s.is("pageview")).toList();
    long millis = 0;
    for (int i = 0; i < views.size(); i++) {
      long begin = views.get(i).at;
      long next = i + 1 < views.size() ? views.get(i + 1).at : at;
      long end =
          blind.stream()
              .filter(b -> b[1] > begin)
              .mapToLong(b -> Math.max(begin, b[0]))
              .reduce(next, Math::min);
      if (where.test(views.get(i))) {
        millis += Math.max(0, end - Math.max(begin, at - window));
      }
    }
    return millis / 1000.0;
  }

  int actionsOnPage(long at) {
    Seen visit = last(visits(at), 1);
    List<Seen> all = upTo(at);
    int i = 0;
    while (i < all.size() && all.get(i) != visit) {
      i++;
    }
    return all.size() - i;
  }

  String currentPage() {
    Seen visit = last(visits(Long.MAX_VALUE), 1);
    return visit == null ? "" : visit.path;
  }

  String previousPage(long at) {
    Seen visit = last(visits(at), 2);
    return visit == null ? "" : visit.path;
  }

  boolean cameFrom(long at, String from) {
    Seen visit = last(visits(at), 2);
    return visit != null && NaiveGlob.matches(from, visit.path);
  }

  boolean cameFrom(long at, String from, String byWayOf) {
    Seen origin = last(visits(at), 3);
    return cameFrom(at, byWayOf) && origin != null && NaiveGlob.matches(from, origin.path);
  }

  /** Visits, those in a row to one canonical path collapsed into the first. */
  private List<Seen> runs(long at) {
    List<Seen> runs = new ArrayList<>();
    for (Seen visit : visits(at)) {
      Seen before = last(runs, 1);
      if (before == null || !before.path.equals(visit.path)) {
        runs.add(visit);
      }
    }
    return runs;
  }

  int pingPongs(long at, long window) {
    List<Seen> runs = runs(at);
    List<Seen> all = upTo(at);
    boolean completes = !runs.isEmpty() && last(runs, 1) == last(all, 1);
    int found = 0;
    for (int i = 2; i < runs.size(); i++) {
      boolean back = runs.get(i - 2).path.equals(runs.get(i).path);
      boolean within = runs.get(i - 2).at >= at - window;
      boolean newest = i == runs.size() - 1;
      if (newest && !(back && within)) {
        return 0;
      }
      found += back && within ? 1 : 0;
    }
    return completes ? found : 0;
  }

  boolean blindWithin(long at, long window) {
    return blind.stream().anyMatch(b -> b[0] <= at && b[1] >= at - window);
  }
}
