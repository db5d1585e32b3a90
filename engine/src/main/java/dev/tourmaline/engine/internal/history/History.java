package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionLimits;
import org.jspecify.annotations.Nullable;

/**
 * The recent actions of one user session in event time order, over which predicates are evaluated.
 * Sixteen bytes an action, dictionary encoded; bounded by count and age. Insertion is amortised
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

  /** In the place of a page where there is none. */
  public static final int NO_PATH = -1;

  private static final long LATE_AFTER_MILLIS = 30_000;

  /** The longest delay of an action in transit: batches are forwarded about this often. */
  private static final long BATCHING_MILLIS = 15_000;

  private static final int STRIDE = 4;
  private static final int VISIT = 0x10;
  private static final int STARTLESS = 0x40;
  private static final int PATH_SHIFT = 8;
  private static final int NO_INDEX = -1;
  private static final int NOWHERE = -1;
  private static final CoverageGaps NO_GAPS = new CoverageGaps();

  private final SessionDictionary dictionary;
  private final CoverageGaps streamGaps;
  private final int maxActions;
  private final long maxAgeMillis;

  private CoverageGaps ownGaps = NO_GAPS;
  private int[] cells = new int[4 * STRIDE];
  private int first;
  private int end;
  long base;
  long shift;
  int lastIndex = NO_INDEX;
  private @Nullable Page takenPage;

  /** The memoised place that completes no A-B-A; cleared by every insertion. */
  private int noTripleAt = NOWHERE;

  public History(Dictionary dictionary, CoverageGaps streamGaps, SessionLimits limits) {
    this.dictionary = new SessionDictionary(dictionary);
    this.streamGaps = streamGaps;
    this.maxActions = limits.historySize();
    this.maxAgeMillis = limits.historyAge().toMillis();
  }

  /**
   * Inserts an action in event time order, unless it is late or a duplicate.
   *
   * @param at when it happened, in milliseconds since the epoch
   * @param arrivedAt this machine's time of its arrival, in milliseconds since the epoch
   * @return {@link #TAKEN}, {@link #TAKEN_AFTER_GAP}, {@link #LATE} or {@link #REPEAT}
   */
  public int take(UiAction action, long at, long arrivedAt) {
    boolean startless = action.start().isEmpty();
    int kind = ActionKind.of(action.type());
    Page page = pageOf(action);
    takenPage = page;
    int title = dictionary.titleId(ActionKind.identity(kind, action));
    boolean gap = noteIndex(action.index(), at);
    if (isEmpty()) {
      base = at;
    } else {
      if (!startless && seen(at, kind, page, title)) {
        return REPEAT;
      }
      if (at < newest() - LATE_AFTER_MILLIS) {
        return LATE;
      }
    }
    if (at - base > Integer.MAX_VALUE) {
      rebase(at);
    }
    if (isEmpty() || at >= newest()) {
      shift = at - arrivedAt;
    }
    insert(at, kind | (startless ? STARTLESS : 0), page, title);
    evictOld();
    return gap ? TAKEN_AFTER_GAP : TAKEN;
  }

  private boolean seen(long at, int kind, Page page, int title) {
    for (int i = upTo(at); i >= first && time(i) == at; i--) {
      if (kind(i) == kind
          && title(i) == title
          && (bits(i) & STARTLESS) == 0
          && (pageId(i) == page.id || dictionary.page(pageId(i)).rawUrl.equals(page.rawUrl))) {
        return true;
      }
    }
    return false;
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
    if (ownGaps == NO_GAPS) {
      ownGaps = new CoverageGaps();
    }
    ownGaps.add(from, to);
  }

  private void insert(long at, int bits, Page page, int title) {
    noTripleAt = NOWHERE;
    if (end * STRIDE == cells.length) {
      makeRoom();
    }
    int i = isEmpty() ? first : upTo(at) + 1;
    System.arraycopy(cells, i * STRIDE, cells, (i + 1) * STRIDE, (end - i) * STRIDE);
    end++;
    int c = i * STRIDE;
    cells[c] = (int) (at - base);
    cells[c + 1] = page.pathId << PATH_SHIFT | bits;
    cells[c + 2] = page.id;
    cells[c + 3] = title;
    if ((bits & ActionKind.BITS) == ActionKind.PAGEVIEW) {
      markVisit(i);
      markVisit(nextView(i));
    }
  }

  /** Moves the base of the 32-bit time offsets, for an action weeks after the first one. */
  private void rebase(long at) {
    while (!isEmpty() && time(first) < at - maxAgeMillis) {
      first++;
    }
    long next = isEmpty() ? at : time(first);
    for (int i = first; i < end; i++) {
      cells[i * STRIDE] = (int) (time(i) - next);
    }
    base = next;
  }

  private void makeRoom() {
    if (first > 0 && first >= (end - first) / 4) {
      System.arraycopy(cells, first * STRIDE, cells, 0, (end - first) * STRIDE);
      end -= first;
      first = 0;
    } else {
      int entries = cells.length / STRIDE;
      int[] grown = new int[(entries + (entries >> 1) + 2) * STRIDE];
      System.arraycopy(cells, first * STRIDE, grown, 0, (end - first) * STRIDE);
      end -= first;
      first = 0;
      cells = grown;
    }
  }

  private void evictOld() {
    if (end - first > maxActions) {
      first++;
    }
    long oldest = newest() - maxAgeMillis;
    while (time(first) < oldest) {
      first++;
    }
    if (dictionary.needsRebuild(size())) {
      SessionLog.Writer log = new SessionLog.Writer();
      write(log);
      read(new SessionLog.Reader(log.toBytes()));
    }
  }

  /** Serialises the history. */
  public void write(SessionLog.Writer log) {
    HistoryLog.write(this, log);
  }

  /** Restores what {@link #write} has written. */
  public void read(SessionLog.Reader log) {
    dictionary.forgetOwn();
    takenPage = null;
    noTripleAt = NOWHERE;
    HistoryLog.read(this, log);
  }

  /** Resets to a log's header, with room for so many actions. */
  void begin(int size, long newBase, long newShift, int newLastIndex) {
    cells = new int[Math.max(4, size) * STRIDE];
    first = 0;
    end = 0;
    base = newBase;
    shift = newShift;
    lastIndex = newLastIndex;
    ownGaps = NO_GAPS;
  }

  /** Appends an action read from a log. */
  void append(long at, int bits, Page page, int title) {
    int c = end++ * STRIDE;
    cells[c] = (int) (at - base);
    cells[c + 1] = page.pathId << PATH_SHIFT | bits;
    cells[c + 2] = page.id;
    cells[c + 3] = title;
  }

  long[] gapBounds() {
    return ownGaps.bounds();
  }

  private int nextView(int i) {
    for (int next = i + 1; next < end; next++) {
      if (kind(next) == ActionKind.PAGEVIEW) {
        return next;
      }
    }
    return end;
  }

  private void markVisit(int i) {
    if (i == end) {
      return;
    }
    int before = i - 1;
    while (before >= first && kind(before) != ActionKind.PAGEVIEW) {
      before--;
    }
    boolean visit =
        before < first
            || pageId(before) != pageId(i)
                && !dictionary
                    .page(pageId(before))
                    .rawPath
                    .equals(dictionary.page(pageId(i)).rawPath);
    int bits = cells[i * STRIDE + 1];
    cells[i * STRIDE + 1] = visit ? bits | VISIT : bits & ~VISIT;
  }

  /** The dictionary that this session uses. */
  public SessionDictionary dictionary() {
    return dictionary;
  }

  public boolean isEmpty() {
    return first == end;
  }

  public int size() {
    return end - first;
  }

  /** {@return the newest action's time in milliseconds since the epoch; 0 if there is none} */
  public long newest() {
    return isEmpty() ? 0 : time(end - 1);
  }

  /** {@return the first view of the current visit, in milliseconds; 0 if there is none} */
  public long visitStart() {
    int i = visitAt(end - 1);
    return i < first ? 0 : time(i);
  }

  /** The page of the current visit. */
  public int currentPathId() {
    int visit = visitAt(end - 1);
    return visit < first ? NO_PATH : pathId(visit);
  }

  /** The page of an action; the last one is cached. */
  public Page pageOf(UiAction action) {
    Page taken = takenPage;
    return taken != null
            && taken.rawUrl.equals(action.rawUrl())
            && taken.canonicalUrl.equals(action.canonicalUrl())
        ? taken
        : dictionary.page(action.rawUrl(), action.canonicalUrl());
  }

  /** Whether a coverage gap touches the span; actions in transit are allowed for. */
  public boolean hasGap(long from, long to) {
    return ownGaps.touches(from, to)
        || streamGaps.touches(from - shift, to - shift + BATCHING_MILLIS);
  }

  /**
   * The index of the last visit's first view, at or before an index; before {@code first}: none.
   */
  public int visitAt(int i) {
    int visit = i;
    while (visit >= first && (bits(visit) & VISIT) == 0) {
      visit--;
    }
    return visit;
  }

  /** The last index whose time is not after the given one; binary search, O(log n). */
  public int upTo(long at) {
    if (end > first && time(end - 1) <= at) {
      return end - 1;
    }
    int low = first;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time(middle) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  boolean endsNoTriple(int place) {
    return noTripleAt == place;
  }

  void noteNoTriple(int place) {
    noTripleAt = place;
  }

  /** The place of the oldest action. */
  public int first() {
    return first;
  }

  int end() {
    return end;
  }

  /** When the action at a place happened. */
  public long time(int i) {
    return base + cells[i * STRIDE];
  }

  int kind(int i) {
    return cells[i * STRIDE + 1] & ActionKind.BITS;
  }

  /** Whether the action at a place begins a visit. */
  public boolean isVisit(int i) {
    return (cells[i * STRIDE + 1] & VISIT) != 0;
  }

  int bits(int i) {
    return cells[i * STRIDE + 1] & 0xFF;
  }

  int pathId(int i) {
    return cells[i * STRIDE + 1] >>> PATH_SHIFT;
  }

  int pageId(int i) {
    return cells[i * STRIDE + 2];
  }

  int title(int i) {
    return cells[i * STRIDE + 3];
  }
}
