package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.history.ActionKind;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.HistoryQueries;
import dev.tourmaline.engine.internal.history.PagePath;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * A fact that evaluates predicates over its session's history. Knows which rules may match it, and
 * memoises its results if it is retained after its evaluation, so that they stay the same.
 */
public abstract sealed class HistoryFact implements SessionFact
    permits ActionFact, SummaryFact, ElapsedFact, OutcomeFact, PresentFact {

  private static final long[] ALL = {};

  final History history;
  private final SessionKey session;
  private final String userId;
  private final long at;
  private final PagePath path;
  private long[] enabledRules;

  /** The memoised results; null while it is not retained. */
  private @Nullable QueryResults results;

  HistoryFact(SessionKey session, String userId, History history, long at, PagePath path) {
    this.session = session;
    this.userId = userId;
    this.history = history;
    this.at = at;
    this.path = path;
    this.enabledRules = ALL;
  }

  /** {@return the fact's key within its session, deterministic} */
  public abstract String identity();

  /** {@return the interface by which rules match this fact} */
  public abstract Class<? extends SessionFact> type();

  final boolean isEnabled(int rule) {
    return enabledRules == ALL
        || rule >> 6 < enabledRules.length && (enabledRules[rule >> 6] >> rule & 1) != 0;
  }

  /**
   * Sets which rules may match this fact.
   *
   * @param rules a bit for each rule of the rule base; not copied
   */
  public final void enable(long[] rules) {
    this.enabledRules = rules;
  }

  /** Memoises results from now on: the fact is retained. */
  public final void memoise() {
    results = results == null ? new QueryResults() : results;
  }

  /** Writes the results since {@link #memoise}. */
  public final void writeResults(SessionLog.Writer log) {
    (results == null ? new QueryResults() : results).write(log);
  }

  /** Restores results that {@link #writeResults} wrote. */
  public final void readResults(SessionLog.Reader log) {
    results = QueryResults.read(log);
  }

  /** The index in the history of the newest action at this fact's time or before. */
  final int place() {
    return history.upTo(at);
  }

  /** The place just before this fact. */
  int placeBefore() {
    return place();
  }

  /** The number of this fact's page in the history. */
  final int pathNumber() {
    return history.numberOf(path);
  }

  /** {@return this fact's page} */
  public final PagePath path() {
    return path;
  }

  final long ask(HistoryQuery query, int kind, @Nullable String glob, @Nullable String window) {
    String pattern = glob == null ? "" : glob;
    String within = window == null ? "" : window;
    return results == null
        ? query.run(this, kind, pattern, within)
        : results.of(query, this, kind, pattern, within);
  }

  private boolean holds(HistoryQuery query, @Nullable String glob, @Nullable String window) {
    return ask(query, ActionKind.ANY, glob, window) != 0;
  }

  private int here(int kind, String window) {
    return (int) ask(HistoryQuery.COUNT_HERE, kind, "", window);
  }

  private int on(String glob, int kind, String window) {
    return (int) ask(HistoryQuery.COUNT_ON, kind, glob, window);
  }

  private double since(int kind, String glob) {
    long millis = ask(HistoryQuery.MILLIS_SINCE, kind, glob, "");
    return millis == HistoryQuery.NONE ? Double.POSITIVE_INFINITY : millis / 1000.0;
  }

  @Override
  public final SessionKey getSession() {
    return session;
  }

  @Override
  public final long getAt() {
    return at;
  }

  @Override
  public final String getSessionId() {
    return session.sessionId();
  }

  @Override
  public final String getProductId() {
    return session.productId();
  }

  @Override
  public final String getUserId() {
    return userId;
  }

  @Override
  public final String getPath() {
    return path.text();
  }

  @Override
  public final boolean onPath(String glob) {
    return path.matches(history.glob(glob));
  }

  @Override
  public final double getSecondsOnPage() {
    return ask(HistoryQuery.MILLIS_ON_PAGE, ActionKind.ANY, "", "") / 1000.0;
  }

  @Override
  public final int getActionsOnPage() {
    return (int) ask(HistoryQuery.ACTIONS_ON_PAGE, ActionKind.ANY, "", "");
  }

  @Override
  public final String getPreviousPage() {
    return results == null
        ? HistoryQueries.previousPage(history, place())
        : results.previousPage(this);
  }

  @Override
  public final boolean cameFrom(String from) {
    return holds(HistoryQuery.CAME_FROM, from, "");
  }

  @Override
  public final boolean cameFrom(String from, String byWayOf) {
    return holds(HistoryQuery.CAME_FROM_BY_WAY_OF, from, byWayOf);
  }

  @Override
  public final boolean pingPong(int cycles, String window) {
    long found = ask(HistoryQuery.PING_PONGS, ActionKind.PAGEVIEW, "", window);
    return found > 0 && found >= cycles;
  }

  @Override
  public final boolean uTurn(String window) {
    return ask(HistoryQuery.U_TURN, ActionKind.PAGEVIEW, "", window) != 0;
  }

  @Override
  public final boolean blindWithin(String window) {
    return holds(HistoryQuery.COVERAGE_GAP, "", window);
  }

  @Override
  public final int visitsWithin(String window) {
    return (int) ask(HistoryQuery.VISITS_HERE, ActionKind.PAGEVIEW, "", window);
  }

  @Override
  public final int visitsWithin(String glob, String window) {
    return (int) ask(HistoryQuery.VISITS_ON, ActionKind.PAGEVIEW, glob, window);
  }

  @Override
  public final int viewsWithin(String window) {
    return here(ActionKind.PAGEVIEW, window);
  }

  @Override
  public final int viewsWithin(String glob, String window) {
    return on(glob, ActionKind.PAGEVIEW, window);
  }

  @Override
  public final int clicksWithin(String window) {
    return here(ActionKind.CLICK, window);
  }

  @Override
  public final int clicksWithin(String glob, String window) {
    return on(glob, ActionKind.CLICK, window);
  }

  @Override
  public final int submitsWithin(String window) {
    return here(ActionKind.SUBMIT, window);
  }

  @Override
  public final int submitsWithin(String glob, String window) {
    return on(glob, ActionKind.SUBMIT, window);
  }

  @Override
  public final int typesWithin(String window) {
    return here(ActionKind.TYPE, window);
  }

  @Override
  public final int typesWithin(String glob, String window) {
    return on(glob, ActionKind.TYPE, window);
  }

  @Override
  public final int focusesWithin(String window) {
    return here(ActionKind.FOCUS, window);
  }

  @Override
  public final int focusesWithin(String glob, String window) {
    return on(glob, ActionKind.FOCUS, window);
  }

  @Override
  public final int blursWithin(String window) {
    return here(ActionKind.BLUR, window);
  }

  @Override
  public final int blursWithin(String glob, String window) {
    return on(glob, ActionKind.BLUR, window);
  }

  @Override
  public final int actionsWithin(String window) {
    return here(ActionKind.ANY, window);
  }

  @Override
  public final int actionsWithin(String glob, String window) {
    return on(glob, ActionKind.ANY, window);
  }

  @Override
  public final double secondsOn(String glob, String window) {
    return ask(HistoryQuery.MILLIS_ON, ActionKind.PAGEVIEW, glob, window) / 1000.0;
  }

  @Override
  public final double secondsSinceVisit(String glob) {
    return since(ActionKind.PAGEVIEW, glob);
  }

  @Override
  public final double secondsSinceClick(String glob) {
    return since(ActionKind.CLICK, glob);
  }

  @Override
  public final double secondsSinceSubmit(String glob) {
    return since(ActionKind.SUBMIT, glob);
  }
}
