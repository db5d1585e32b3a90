package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.HistoryQueries;

/**
 * The queries that facts run over their session's history. Results are counts, truths (1 or 0) or
 * milliseconds. Their ordinals are part of the format of session logs.
 */
enum HistoryQuery {
  COUNT_HERE,
  COUNT_ON,
  VISITS_HERE,
  VISITS_ON,
  CLICKS_ON_ELEMENT,
  MILLIS_SINCE,
  MILLIS_ON_PAGE,
  ACTIONS_ON_PAGE,
  CAME_FROM,
  CAME_FROM_BY_WAY_OF,
  PING_PONGS,
  U_TURN,
  COVERAGE_GAP,
  VISIT,
  MILLIS_ON;

  /** The result of {@link #MILLIS_SINCE} where there is no such action. */
  static final long NONE = HistoryQueries.NONE;

  long run(HistoryFact fact, int kind, String glob, String window) {
    History history = fact.history;
    long at = fact.getAt();
    return switch (this) {
      case COUNT_HERE ->
          HistoryQueries.count(history, at, WindowCache.millis(window), kind, fact.pathNumber());
      case COUNT_ON ->
          HistoryQueries.count(history, at, WindowCache.millis(window), kind, history.glob(glob));
      case VISITS_HERE ->
          HistoryQueries.visits(history, at, WindowCache.millis(window), fact.pathNumber());
      case VISITS_ON ->
          HistoryQueries.visits(history, at, WindowCache.millis(window), history.glob(glob));
      case CLICKS_ON_ELEMENT ->
          HistoryQueries.onElement(
              history,
              at,
              WindowCache.millis(window),
              kind,
              fact.pathNumber(),
              history.elementOf(glob));
      case MILLIS_SINCE ->
          HistoryQueries.millisSince(history, at, fact.placeBefore(), kind, history.glob(glob));
      case MILLIS_ON_PAGE -> {
        int visit = history.visitAt(fact.place());
        yield visit < history.first() ? 0 : at - history.time(visit);
      }
      case ACTIONS_ON_PAGE -> {
        int visit = history.visitAt(fact.place());
        yield visit < history.first() ? 0 : fact.place() - visit + 1;
      }
      case CAME_FROM -> truth(HistoryQueries.cameFrom(history, fact.place(), glob));
      case CAME_FROM_BY_WAY_OF ->
          truth(HistoryQueries.cameFrom(history, fact.place(), glob, window));
      case PING_PONGS -> HistoryQueries.pingPongs(history, at, WindowCache.millis(window));
      case U_TURN -> truth(HistoryQueries.uTurn(history, at, WindowCache.millis(window)));
      case COVERAGE_GAP -> truth(history.hasGap(at - WindowCache.millis(window), at));
      case VISIT -> {
        int place = fact.place();
        yield truth(place >= history.first() && history.isVisit(place));
      }
      case MILLIS_ON ->
          HistoryQueries.millisOn(history, at, WindowCache.millis(window), history.glob(glob));
    };
  }

  private static long truth(boolean value) {
    return value ? 1 : 0;
  }
}
