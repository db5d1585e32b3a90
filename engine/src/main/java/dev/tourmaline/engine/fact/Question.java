package dev.tourmaline.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * What a fact can be asked about its session's history. Answers are counts, truths (1 or 0) or
 * milliseconds. Their order stands in the logs of sessions at rest.
 */
enum Question {
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
  BLIND,
  VISIT;

  /** What {@link #MILLIS_SINCE} answers where there is nothing to reckon from. */
  static final long NEVER = -1;

  /**
   * {@return the answer as of now}
   *
   * @param fact who is asked
   * @param kind the kind of action, where that matters
   * @param glob the pages, or the title of an element, where that matters
   * @param window the window, or further pages, where that matters
   */
  long answer(SessionFact fact, int kind, @Nullable String glob, @Nullable String window) {
    History history = fact.history;
    long at = fact.getAt();
    return switch (this) {
      case COUNT_HERE -> Lookback.count(history, at, Windows.millis(window), kind, fact.pathId());
      case COUNT_ON ->
          Lookback.count(history, at, Windows.millis(window), kind, history.names.glob(glob));
      case VISITS_HERE -> Lookback.visits(history, at, Windows.millis(window), fact.pathId());
      case VISITS_ON ->
          Lookback.visits(history, at, Windows.millis(window), history.names.glob(glob));
      case CLICKS_ON_ELEMENT ->
          Lookback.onElement(
              history,
              at,
              Windows.millis(window),
              kind,
              fact.pathId(),
              history.names.titleId(glob == null ? "" : glob));
      case MILLIS_SINCE ->
          Lookback.millisSince(history, at, fact.placeBefore(), kind, history.names.glob(glob));
      case MILLIS_ON_PAGE -> {
        int visit = history.visitAt(fact.place());
        yield visit < history.first() ? 0 : at - history.time(visit);
      }
      case ACTIONS_ON_PAGE -> {
        int visit = history.visitAt(fact.place());
        yield visit < history.first() ? 0 : fact.place() - visit + 1;
      }
      case CAME_FROM -> truth(Lookback.cameFrom(history, fact.place(), glob));
      case CAME_FROM_BY_WAY_OF -> truth(Lookback.cameFrom(history, fact.place(), glob, window));
      case PING_PONGS -> Lookback.pingPongs(history, at, Windows.millis(window));
      case U_TURN -> truth(Lookback.uTurn(history, at, Windows.millis(window)));
      case BLIND -> truth(history.isBlind(at - Windows.millis(window), at));
      case VISIT -> {
        int place = fact.place();
        yield truth(place >= history.first() && history.isVisit(place));
      }
    };
  }

  private static long truth(boolean value) {
    return value ? 1 : 0;
  }
}
