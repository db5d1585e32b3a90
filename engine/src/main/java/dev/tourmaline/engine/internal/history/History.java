package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The recent actions of one user session in event time order, over which predicates are evaluated.
 * Eight bytes an action and as many for the element it was on where rules ask for that; texts but
 * for paths are not kept. Bounded by count, age and the bytes of its paths. Insertion is amortised
 * O(1) in order, O(n) out of order.
 *
 * <p>Belongs to the thread that owns the session.
 */
public final class History {

  /** The action is more than 30 s older than the newest, and was kept out. */
  public static final int LATE = -1;

  /** The action is a duplicate, and was kept out. */
  public static final int REPEAT = -2;

  /** The action was inserted. */
  public static final int TAKEN = 0;

  /**
   * The action was inserted, and {@code index} jumped ahead of it: the span before it is a coverage
   * gap.
   */
  public static final int TAKEN_AFTER_GAP = 1;

  /** The most bytes that the paths of one session take, by {@link PagePath#weight}. */
  public static final int MOST_PATH_BYTES = 256 * 1_024;

  private static final int NO_INDEX = -1;
  private static final int NOWHERE = -1;
  private static final int SPARE_PATHS = 16;
  private static final int OBJECTS = 224;
  static final long ALWAYS = Long.MIN_VALUE;

  private final PagePaths shared;
  private final SessionCoverage coverage;
  private final int maxActions;
  private final long maxAgeMillis;
  private final ActionColumns actions = new ActionColumns();
  private final RecentActions recent = new RecentActions();
  private SessionPaths paths = new SessionPaths();
  private KeyedHash hash;

  int lastIndex = NO_INDEX;

  /** Actions up to this time have left before their age, so that absence then is not known. */
  long forgottenUpTo = ALWAYS;

  /** Elements of actions before this time were not kept. */
  long elementsSince = ALWAYS;

  private PagePath taken = PagePath.NONE;
  private int forgottenNow;

  /** The memoised place that completes no A-B-A; cleared by every insertion. */
  private int noTripleAt = NOWHERE;

  public History(PagePaths shared, CoverageGaps streamGaps, SessionLimits limits) {
    this.shared = shared;
    this.hash = shared.hash();
    this.coverage = new SessionCoverage(streamGaps);
    this.maxActions = limits.historySize();
    this.maxAgeMillis = limits.historyAge().toMillis();
  }

  /**
   * Inserts an action in event time order, unless it is late or a duplicate.
   *
   * @param at when it happened, in milliseconds since the epoch
   * @param arrivedAt this machine's time of its arrival, in milliseconds since the epoch
   * @param keepElements whether rules ask for clicks on one element
   * @return {@link #TAKEN}, {@link #TAKEN_AFTER_GAP}, {@link #LATE} or {@link #REPEAT}
   */
  public int take(UiAction action, long at, long arrivedAt, boolean keepElements) {
    boolean startless = action.start().isEmpty();
    int kind = ActionKind.of(action.type());
    long identity = hash.of(kind, action.rawUrl(), ActionKind.identity(kind, action));
    boolean gap = noteIndex(action.index(), at);
    if (!startless && recent.holds(at, identity)) {
      return REPEAT;
    }
    if (recent.isLate(at)) {
      return LATE;
    }
    if (isEmpty() || at >= newest()) {
      coverage.shift(at - arrivedAt);
    }
    taken = shared.of(action.rawUrl(), action.canonicalUrl());
    noTripleAt = NOWHERE;
    forgottenNow = 0;
    keepElements(keepElements);
    long element = keepElements && kind == ActionKind.CLICK ? elementOf(action.title()) : 0;
    actions.insert(at, kind, paths.add(taken), element, maxAgeMillis);
    remember(action, at, identity, startless, kind == ActionKind.PAGEVIEW);
    evictOld();
    return gap ? TAKEN_AFTER_GAP : TAKEN;
  }

  /** Late and duplicate actions count as seen: only a missing index opens a gap. */
  private boolean noteIndex(int index, long at) {
    if (index < 0) {
      return false;
    }
    boolean gap = lastIndex != NO_INDEX && index > lastIndex + 1 && !isEmpty();
    if (gap) {
      addGap(Math.min(newest(), at), Math.max(newest(), at));
    }
    // An index out of order belongs to the current numbering; a lower one in order restarts it.
    boolean inOrder = isEmpty() || at >= newest();
    lastIndex = inOrder ? index : Math.max(lastIndex, index);
    return gap;
  }

  /**
   * Adds a coverage gap of this session.
   *
   * @param from the begin in event time, milliseconds since the epoch
   */
  public void addGap(long from, long to) {
    coverage.add(from, to);
  }

  private void keepElements(boolean keep) {
    if (keep && !actions.keepsElements()) {
      elementsSince = isEmpty() ? ALWAYS : newest() + 1;
    }
    actions.keepElements(keep);
  }

  /** Keeps what recognises a repeat, and marks visits: at this page view, and at the next one. */
  private void remember(UiAction action, long at, long identity, boolean startless, boolean view) {
    long path = view ? rawPath(action) : RecentActions.NONE;
    int place = recent.add(at, identity, startless, view, path);
    if (view) {
      markVisit(place, upTo(at));
      int next = recent.nextView(place);
      if (next < recent.size()) {
        markVisit(next, actions.nextView(upTo(at)));
      }
    }
  }

  private long rawPath(UiAction action) {
    String url = action.rawUrl().isEmpty() ? action.canonicalUrl() : action.rawUrl();
    return hash.of(PageUrl.path(url));
  }

  private void markVisit(int place, int i) {
    if (i < actions.end()) {
      actions.visit(i, recent.beginsVisit(place));
    }
  }

  private void evictOld() {
    long oldest = newest() - maxAgeMillis;
    while (time(first()) < oldest) {
      actions.drop(1);
    }
    if (size() > maxActions) {
      forget(1);
    }
    while (paths.weight() > MOST_PATH_BYTES && size() > 1) {
      forget(Math.max(1, size() / 4));
      dropUnusedPaths();
    }
    if (paths.size() > SPARE_PATHS + 2 * size()) {
      dropUnusedPaths();
    }
  }

  /** Evicts the oldest actions before their age. */
  private void forget(int oldest) {
    actions.drop(oldest);
    forgottenNow += oldest;
    forgottenUpTo = Math.max(forgottenUpTo, time(first() - 1));
  }

  private void dropUnusedPaths() {
    int[] numbers = new int[paths.size()];
    Arrays.fill(numbers, SessionPaths.ABSENT);
    int used = 0;
    for (int i = first(); i < end(); i++) {
      int path = actions.path(i);
      if (numbers[path] == SessionPaths.ABSENT) {
        numbers[path] = used++;
      }
      actions.path(i, numbers[path]);
    }
    paths.renumber(numbers, used);
  }

  /** Serialises the history. */
  public void write(SessionLog.Writer log) {
    HistoryLog.write(this, log);
  }

  /** Restores what {@link #write} has written. */
  public void read(SessionLog.Reader log) {
    noTripleAt = NOWHERE;
    HistoryLog.read(this, log);
  }

  /** Empties it, with the key of a log's identities. */
  void begin(KeyedHash key) {
    hash = key.equals(shared.hash()) ? shared.hash() : key;
    paths = new SessionPaths();
    taken = PagePath.NONE;
    coverage.begin();
  }

  SessionCoverage coverage() {
    return coverage;
  }

  KeyedHash hash() {
    return hash;
  }

  PagePaths shared() {
    return shared;
  }

  SessionPaths paths() {
    return paths;
  }

  /** The number of the path that a view's raw path is; {@code ABSENT} if it is none of them. */
  int pathOfView(long view) {
    int number = paths.size() - 1;
    while (number >= 0 && identity(paths.get(number)) != view) {
      number--;
    }
    return number;
  }

  private long identity(PagePath path) {
    return hash.equals(shared.hash()) ? path.identity() : hash.of(path.text());
  }

  ActionColumns actions() {
    return actions;
  }

  RecentActions recent() {
    return recent;
  }

  /** {@return an upper estimate of the memory it takes, in bytes} */
  public int bytes() {
    return OBJECTS + actions.weight() + recent.weight() + paths.weight();
  }

  /** {@return a glob by its pattern} */
  public Glob glob(@Nullable String pattern) {
    return shared.glob(pattern == null ? "" : pattern);
  }

  /** {@return the identity of an element of a page, by its title} */
  public long elementOf(String title) {
    return hash.of(title);
  }

  /** {@return the path of the action taken last; only until the history is restored} */
  public PagePath takenPath() {
    return taken;
  }

  /** {@return how many actions the one taken last has pushed out before their age} */
  public int forgotten() {
    return forgottenNow;
  }

  /** {@return the path of an action's page} */
  public PagePath pathOf(UiAction action) {
    return shared.of(action.rawUrl(), action.canonicalUrl());
  }

  /** {@return a path by its text} */
  public PagePath path(String text) {
    return text.isEmpty() ? PagePath.NONE : shared.path(text);
  }

  /** {@return the number of a path in this history; negative if it has none} */
  public int numberOf(PagePath path) {
    return paths.find(path);
  }

  public boolean isEmpty() {
    return actions.isEmpty();
  }

  public int size() {
    return actions.size();
  }

  /** {@return the newest action's time in milliseconds since the epoch; 0 if there is none} */
  public long newest() {
    return isEmpty() ? 0 : time(end() - 1);
  }

  /** {@return the first view of the current visit, in milliseconds; 0 if there is none} */
  public long visitStart() {
    int i = visitAt(end() - 1);
    return i < first() ? 0 : time(i);
  }

  /** {@return the page of the current visit} */
  public PagePath currentPath() {
    int visit = visitAt(end() - 1);
    return visit < first() ? PagePath.NONE : path(visit);
  }

  /** {@return the page of the newest action that has one: where the visitor was seen last} */
  public PagePath newestPath() {
    for (int i = end() - 1; i >= first(); i--) {
      if (!path(i).text().isEmpty()) {
        return path(i);
      }
    }
    return PagePath.NONE;
  }

  /** Whether a coverage gap touches the span. */
  public boolean hasGap(long from, long to) {
    return from <= forgottenUpTo
        || actions.keepsElements() && from < elementsSince
        || coverage.touches(from, to);
  }

  /**
   * The index of the last visit's first view, at or before an index; before {@code first}: none.
   */
  public int visitAt(int i) {
    int visit = i;
    while (visit >= first() && !isVisit(visit)) {
      visit--;
    }
    return visit;
  }

  /** The last place whose time is not after the given one; O(log n). */
  public int upTo(long at) {
    return actions.upTo(at);
  }

  boolean endsNoTriple(int place) {
    return noTripleAt == place;
  }

  void noteNoTriple(int place) {
    noTripleAt = place;
  }

  /** The place of the oldest action. */
  public int first() {
    return actions.first();
  }

  /** The place behind the newest action. */
  public int end() {
    return actions.end();
  }

  /** When the action at a place happened. */
  public long time(int i) {
    return actions.time(i);
  }

  /** The kind of the action at a place, of {@link ActionKind}. */
  public int kind(int i) {
    return actions.kind(i);
  }

  /** Whether the action at a place begins a visit. */
  public boolean isVisit(int i) {
    return actions.isVisit(i);
  }

  /** The number of the path at a place; see {@link #numberOf}. */
  int pathNumber(int i) {
    return actions.path(i);
  }

  /** The page of the action at a place. */
  public PagePath path(int i) {
    return paths.get(actions.path(i));
  }

  /** The element of the action at a place; 0 where it is no click or was not kept. */
  long element(int i) {
    return actions.element(i);
  }
}
