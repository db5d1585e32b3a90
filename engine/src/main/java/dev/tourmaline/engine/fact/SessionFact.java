package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/**
 * A moment in a user session, and the questions a rule may ask of what came before it.
 *
 * <p>Windows are text such as {@code 10m} (see {@link Windows}), reach back from this fact's own
 * time and include both ends. Pages are told apart by the path of their canonical URL; a glob such
 * as {@code /settings/**} names several, {@code **} all. Where no page is named, this fact's own is
 * meant. Counts include the action that this fact is.
 *
 * <p>A visit is a page view whose raw path differs from that of the page view before it, so reloads
 * collapse and {@code /invoices/1}, {@code /invoices/2} are two visits of {@code /invoices/:id}.
 *
 * <p>Nothing throws: what is no window is an empty one. Belongs to the thread of its session.
 */
public abstract sealed class SessionFact implements Fact
    permits Action, Summary, Idle, Dwell, TourOutcome {

  static final int NO_PATH = -1;
  private static final long[] ALL = {};

  final History history;
  private final SessionKey session;
  private final String userId;
  private final long at;
  private final int pathId;
  private final String path;
  private long[] enabledRules;

  SessionFact(SessionKey session, String userId, History history, long at, int pathId) {
    this.session = session;
    this.userId = userId;
    this.history = history;
    this.at = at;
    this.pathId = pathId;
    this.path = pathId == NO_PATH ? "" : history.names.path(pathId);
    this.enabledRules = ALL;
  }

  @Override
  public final SessionKey getSession() {
    return session;
  }

  @Override
  public final long getAt() {
    return at;
  }

  /** {@return the session's id} */
  public final String getSessionId() {
    return session.sessionId();
  }

  /** {@return the product's id} */
  public final String getProductId() {
    return session.productId();
  }

  /** {@return the user's id, or empty text while unknown} */
  public final String getUserId() {
    return userId;
  }

  /** {@return the path of the canonical URL of this fact's page, or empty text} */
  public final String getPath() {
    return path;
  }

  /**
   * {@return whether this fact's page matches}
   *
   * @param glob the pages
   */
  public final boolean onPath(String glob) {
    return pathId == NO_PATH
        ? history.names.glob(glob).matches("")
        : history.names.matches(history.names.glob(glob), pathId());
  }

  /**
   * {@return how many visits to this page the window holds}
   *
   * @param window how far back
   */
  public final int visitsWithin(String window) {
    return Lookback.visits(history, at, Windows.millis(window), pathId());
  }

  /**
   * {@return how many visits the window holds}
   *
   * @param glob to which pages
   * @param window how far back
   */
  public final int visitsWithin(String glob, String window) {
    return Lookback.visits(history, at, Windows.millis(window), history.names.glob(glob));
  }

  /**
   * {@return whether the window holds a visit}
   *
   * @param glob to which pages
   * @param window how far back
   */
  public final boolean visitedWithin(String glob, String window) {
    return visitsWithin(glob, window) > 0;
  }

  /**
   * {@return how many views of this page the window holds, reloads included}
   *
   * @param window how far back
   */
  public final int viewsWithin(String window) {
    return here(ActionKind.PAGEVIEW, window);
  }

  /**
   * {@return how many page views the window holds, reloads included}
   *
   * @param glob of which pages
   * @param window how far back
   */
  public final int viewsWithin(String glob, String window) {
    return on(glob, ActionKind.PAGEVIEW, window);
  }

  /**
   * {@return how many clicks on this page the window holds}
   *
   * @param window how far back
   */
  public final int clicksWithin(String window) {
    return here(ActionKind.CLICK, window);
  }

  /**
   * {@return how many clicks the window holds}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int clicksWithin(String glob, String window) {
    return on(glob, ActionKind.CLICK, window);
  }

  /**
   * {@return whether the window holds a click}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final boolean clickedWithin(String glob, String window) {
    return clicksWithin(glob, window) > 0;
  }

  /**
   * {@return how many submits on this page the window holds}
   *
   * @param window how far back
   */
  public final int submitsWithin(String window) {
    return here(ActionKind.SUBMIT, window);
  }

  /**
   * {@return how many submits the window holds}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int submitsWithin(String glob, String window) {
    return on(glob, ActionKind.SUBMIT, window);
  }

  /**
   * {@return whether the window holds a submit on this page}
   *
   * @param window how far back
   */
  public final boolean submittedWithin(String window) {
    return submitsWithin(window) > 0;
  }

  /**
   * {@return whether the window holds a submit}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final boolean submittedWithin(String glob, String window) {
    return submitsWithin(glob, window) > 0;
  }

  /**
   * {@return how often something was typed on this page within the window}
   *
   * @param window how far back
   */
  public final int typesWithin(String window) {
    return here(ActionKind.TYPE, window);
  }

  /**
   * {@return how often something was typed within the window}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int typesWithin(String glob, String window) {
    return on(glob, ActionKind.TYPE, window);
  }

  /**
   * {@return how often a field of this page was entered within the window}
   *
   * @param window how far back
   */
  public final int focusesWithin(String window) {
    return here(ActionKind.FOCUS, window);
  }

  /**
   * {@return how often a field was entered within the window}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int focusesWithin(String glob, String window) {
    return on(glob, ActionKind.FOCUS, window);
  }

  /**
   * {@return how often a field of this page was left within the window}
   *
   * @param window how far back
   */
  public final int blursWithin(String window) {
    return here(ActionKind.BLUR, window);
  }

  /**
   * {@return how often a field was left within the window}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int blursWithin(String glob, String window) {
    return on(glob, ActionKind.BLUR, window);
  }

  /**
   * {@return how many actions of any type the window holds on this page}
   *
   * @param window how far back
   */
  public final int actionsWithin(String window) {
    return here(ActionKind.ANY, window);
  }

  /**
   * {@return how many actions of any type the window holds}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int actionsWithin(String glob, String window) {
    return on(glob, ActionKind.ANY, window);
  }

  /**
   * {@return the seconds since the last visit began, before this fact; infinite if there is none}
   *
   * @param glob to which pages
   */
  public final double secondsSinceVisit(String glob) {
    return since(ActionKind.PAGEVIEW, glob);
  }

  /**
   * {@return the seconds since the last click, before this fact; infinite if there is none}
   *
   * @param glob on which pages
   */
  public final double secondsSinceClick(String glob) {
    return since(ActionKind.CLICK, glob);
  }

  /**
   * {@return the seconds since the last submit, before this fact; infinite if there is none}
   *
   * @param glob on which pages
   */
  public final double secondsSinceSubmit(String glob) {
    return since(ActionKind.SUBMIT, glob);
  }

  /** {@return the seconds since the visit that goes on now began; 0 if there is none} */
  public final double getSecondsOnPage() {
    int visit = history.visitAt(place());
    return visit < history.first() ? 0 : (at - history.time(visit)) / 1000.0;
  }

  /** {@return how many actions the visit that goes on now holds, its first view included} */
  public final int getActionsOnPage() {
    int visit = history.visitAt(place());
    return visit < history.first() ? 0 : place() - visit + 1;
  }

  /** {@return the path of the visit before the one that goes on now, or empty text} */
  public final String getPreviousPage() {
    int before = Lookback.visitBefore(history, place());
    return before < history.first() ? "" : history.names.path(history.pathId(before));
  }

  /**
   * {@return whether the visit before the one that goes on now matches}
   *
   * @param from its pages, a glob
   */
  public final boolean cameFrom(String from) {
    int before = Lookback.visitBefore(history, place());
    return before >= history.first() && matches(from, before);
  }

  /**
   * {@return whether the visitor came from one page by way of another}
   *
   * @param from the pages two visits ago, a glob
   * @param byWayOf the pages of the visit before, a glob
   */
  public final boolean cameFrom(String from, String byWayOf) {
    int way = Lookback.visitBefore(history, place());
    if (way < history.first() || !matches(byWayOf, way)) {
      return false;
    }
    int origin = Lookback.visitBefore(history, way);
    return origin >= history.first() && matches(from, origin);
  }

  /**
   * {@return whether this page view completes an A-B-A within the window: three runs of views in a
   * row, the first and the third of one page, measured from first view to first view}
   *
   * @param window how far back the first view of the first may lie
   */
  public final boolean pingPong(String window) {
    return pingPong(1, window);
  }

  /**
   * {@return whether this page view completes the n-th A-B-A within the window, overlapping ones
   * included}
   *
   * @param cycles n
   * @param window how far back the first view of the first may lie
   */
  public final boolean pingPong(int cycles, String window) {
    int found = Lookback.pingPongs(history, at, Windows.millis(window));
    return found > 0 && found >= cycles;
  }

  /**
   * {@return whether this page view completes an A-B-A whose B was short}
   *
   * @param window how long B may have lasted at most
   */
  public final boolean uTurn(String window) {
    return Lookback.uTurn(history, at, Windows.millis(window));
  }

  /**
   * {@return whether an interval in which the session could not be seen touches the window}
   *
   * @param window how far back
   */
  public final boolean blindWithin(String window) {
    return history.isBlind(at - Windows.millis(window), at);
  }

  /**
   * {@return whether all of the window could be seen; the loader asks this of every rule with a
   * condition about absence that does not ask {@link #blindWithin} itself}
   *
   * @param window how far back
   */
  public final boolean sighted(String window) {
    return !blindWithin(window);
  }

  /**
   * {@return whether a rule may look at this fact; the loader asks this first in every pattern}
   *
   * @param rule the rule's number in its rule base
   */
  public final boolean enabled(int rule) {
    return enabledRules == ALL
        || rule >> 6 < enabledRules.length && (enabledRules[rule >> 6] >> rule & 1) != 0;
  }

  /**
   * Says which rules may look at this fact. Called by the engine before it inserts the fact.
   *
   * @param rules a bit for each rule of the rule base; not copied
   */
  public final void enable(long[] rules) {
    this.enabledRules = rules;
  }

  /**
   * {@return what tells this moment from others of its session, the same wherever it is evaluated}
   */
  public abstract String identity();

  /** The place in the history of the newest action at this fact's time or before. */
  final int place() {
    return history.upTo(at);
  }

  /** The number of this fact's page; a session may have numbered its own pages anew since. */
  final int pathId() {
    return pathId == NO_PATH || history.names.isSharedPath(pathId)
        ? pathId
        : history.names.pathId(path);
  }

  private int here(int kind, String window) {
    return Lookback.count(history, at, Windows.millis(window), kind, pathId());
  }

  private int on(String glob, int kind, String window) {
    return Lookback.count(history, at, Windows.millis(window), kind, history.names.glob(glob));
  }

  private double since(int kind, String glob) {
    return Lookback.secondsSince(history, at, placeBefore(), kind, history.names.glob(glob));
  }

  /** The place just before this fact. */
  int placeBefore() {
    return place();
  }

  private boolean matches(String glob, int place) {
    return history.names.matches(history.names.glob(glob), history.pathId(place));
  }
}
