package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLog;
import org.jspecify.annotations.Nullable;

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
public abstract sealed class SessionFact extends WindowCounts implements Fact
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

  /** What it has answered; null while it does not outlive its moment. */
  private @Nullable Answers answers;

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

  /** {@return the seconds since the visit that goes on now began; 0 if there is none} */
  public final double getSecondsOnPage() {
    return ask(Question.MILLIS_ON_PAGE, ActionKind.ANY, "", "") / 1000.0;
  }

  /** {@return how many actions the visit that goes on now holds, its first view included} */
  public final int getActionsOnPage() {
    return (int) ask(Question.ACTIONS_ON_PAGE, ActionKind.ANY, "", "");
  }

  /** {@return the path of the visit before the one that goes on now, or empty text} */
  public final String getPreviousPage() {
    return answers == null ? Lookback.previousPage(history, place()) : answers.previousPage(this);
  }

  /**
   * {@return whether the visit before the one that goes on now matches}
   *
   * @param from its pages, a glob
   */
  public final boolean cameFrom(String from) {
    return ask(Question.CAME_FROM, ActionKind.ANY, from, "") != 0;
  }

  /**
   * {@return whether the visitor came from one page by way of another}
   *
   * @param from the pages two visits ago, a glob
   * @param byWayOf the pages of the visit before, a glob
   */
  public final boolean cameFrom(String from, String byWayOf) {
    return ask(Question.CAME_FROM_BY_WAY_OF, ActionKind.ANY, from, byWayOf) != 0;
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
    long found = ask(Question.PING_PONGS, ActionKind.PAGEVIEW, "", window);
    return found > 0 && found >= cycles;
  }

  /**
   * {@return whether this page view completes an A-B-A whose B was short}
   *
   * @param window how long B may have lasted at most
   */
  public final boolean uTurn(String window) {
    return ask(Question.U_TURN, ActionKind.PAGEVIEW, "", window) != 0;
  }

  /**
   * {@return whether an interval in which the session could not be seen touches the window}
   *
   * @param window how far back
   */
  public final boolean blindWithin(String window) {
    return ask(Question.BLIND, ActionKind.ANY, "", window) != 0;
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
   * Makes the fact stand by what it answers from now on, for it outlives its moment. Called by the
   * engine.
   */
  public final void outlive() {
    answers = answers == null ? new Answers() : answers;
  }

  /**
   * Writes down what it has answered since {@link #outlive}. Called by the engine.
   *
   * @param log takes it
   */
  public final void writeAnswers(SessionLog.Writer log) {
    (answers == null ? new Answers() : answers).write(log);
  }

  /**
   * Takes up what was answered, as {@link #writeAnswers} wrote it down. Called by the engine.
   *
   * @param log gives it
   */
  public final void readAnswers(SessionLog.Reader log) {
    answers = Answers.read(log);
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

  /** The place just before this fact. */
  int placeBefore() {
    return place();
  }

  @Override
  final long ask(Question question, int kind, @Nullable String glob, @Nullable String window) {
    return answers == null
        ? question.answer(this, kind, glob, window)
        : answers.to(question, this, kind, glob, window);
  }
}
