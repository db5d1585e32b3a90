package dev.tourmaline.benchmarks.baseline;

import dev.tourmaline.benchmarks.baseline.Trail.Kinds;
import dev.tourmaline.benchmarks.behaviour.Behaviour;

/** Looks back along a trail for a behaviour that its newest action completes. */
final class Search {

  private Search() {}

  /** Whether the newest action completes the behaviour; its kind and page are right already. */
  static boolean completed(Trail trail, Behaviour behaviour, int page, int other) {
    int last = trail.size - 1;
    short here = trail.pages[last];
    long from = trail.times[last] - behaviour.millis();
    return switch (behaviour.form()) {
      case REVISIT ->
          visits(trail, from, here) >= behaviour.count()
              && count(trail, from, Kinds.SUBMIT, here) == 0;
      case PING_PONG -> pingPongs(trail, from) >= behaviour.count();
      case RAGE_CLICK -> onElement(trail, from, here) >= behaviour.count();
      case REPEATED_SUBMIT -> count(trail, from, Kinds.SUBMIT, here) >= behaviour.count();
      case MANY_CLICKS -> count(trail, from, Kinds.CLICK, here) >= behaviour.count();
      case CLICK_AFTER_VISIT -> visits(trail, from, (short) other) > 0;
      case CAME_FROM -> cameFrom(trail, last, other);
      case SUBMIT_THEN_SUBMIT -> count(trail, from, Kinds.SUBMIT, here) > 1;
      case SUBMIT_THEN_CLICK -> count(trail, from, Kinds.SUBMIT, here) > 0;
      case CLICK_THEN_SUBMIT -> count(trail, from, Kinds.CLICK, (short) page) > 0;
      case VIEW_THEN_CLICK -> count(trail, from, Kinds.PAGEVIEW, (short) page) > 0;
      case CLICK_VIEW_CLICK -> clickViewClick(trail, behaviour.millis(), here, (short) other);
    };
  }

  private static int count(Trail trail, long from, byte kind, short page) {
    int found = 0;
    for (int i = trail.size - 1; i >= 0 && trail.times[i] >= from; i--) {
      if (trail.kinds[i] == kind && trail.pages[i] == page) {
        found++;
      }
    }
    return found;
  }

  private static int visits(Trail trail, long from, short page) {
    int found = 0;
    for (int i = trail.size - 1; i >= 0 && trail.times[i] >= from; i--) {
      if (trail.visits[i] && trail.pages[i] == page) {
        found++;
      }
    }
    return found;
  }

  private static int onElement(Trail trail, long from, short page) {
    int title = trail.titles[trail.size - 1];
    int found = 0;
    for (int i = trail.size - 1; i >= 0 && trail.times[i] >= from; i--) {
      if (trail.kinds[i] == Kinds.CLICK && trail.pages[i] == page && trail.titles[i] == title) {
        found++;
      }
    }
    return found;
  }

  private static boolean cameFrom(Trail trail, int place, int page) {
    int visit = trail.visitAt(place);
    int before = visit < 0 ? visit : trail.visitAt(visit - 1);
    return before >= 0 && trail.pages[before] == page;
  }

  private static int pingPongs(Trail trail, long from) {
    int third = trail.size - 1;
    if (!trail.visits[third]) {
      return 0;
    }
    int second = trail.visitAt(third - 1);
    int first = second < 0 ? second : trail.visitAt(second - 1);
    if (first < 0 || trail.pages[first] != trail.pages[third]) {
      return 0;
    }
    int found = 0;
    while (first >= 0 && trail.times[first] >= from) {
      found += trail.pages[first] == trail.pages[third] ? 1 : 0;
      third = second;
      second = first;
      first = trail.visitAt(first - 1);
    }
    return found;
  }

  private static boolean clickViewClick(Trail trail, long window, short page, short other) {
    long from = trail.times[trail.size - 1] - window;
    for (int view = trail.size - 2; view >= 0 && trail.times[view] >= from; view--) {
      if (trail.kinds[view] == Kinds.PAGEVIEW && trail.pages[view] == other) {
        for (int i = view - 1; i >= 0 && trail.times[i] >= trail.times[view] - window; i--) {
          if (trail.kinds[i] == Kinds.CLICK && trail.pages[i] == page) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
