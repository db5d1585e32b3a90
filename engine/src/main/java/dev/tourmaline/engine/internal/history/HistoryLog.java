package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.serial.SessionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The codec of a history. Self-contained: it holds the key of its identities, and each path as text
 * where it first appears, front coded against the one before. It says whether elements were kept,
 * and since when.
 */
final class HistoryLog {

  /** Flags of a history. */
  private static final int KEEPS_ELEMENTS = 1;

  private static final int ELEMENTS_SINCE = 2;
  private static final int HAS_FORGOTTEN = 4;
  private static final int NOT_KEPT_BEFORE = 8;
  private static final int VIEW_BEFORE = 16;

  /** Beside the bits of an action: its path is that of the action before. */
  private static final int SAME_PATH = 0x20;

  /** Beside the time of a recent action. */
  private static final int VIEW = 1;

  private static final int STARTLESS = 2;
  private static final int RECENT_BITS = 2;

  private HistoryLog() {}

  static void write(History history, SessionLog.Writer log) {
    RecentActions recent = history.recent();
    int flags =
        (history.actions().keepsElements() ? KEEPS_ELEMENTS : 0)
            | (history.elementsSince == History.ALWAYS ? 0 : ELEMENTS_SINCE)
            | (history.forgottenUpTo == History.ALWAYS ? 0 : HAS_FORGOTTEN)
            | (recent.notKeptBefore() == History.ALWAYS ? 0 : NOT_KEPT_BEFORE)
            | (recent.viewBefore() == RecentActions.NONE ? 0 : VIEW_BEFORE);
    log.octet(flags);
    log.fixed(history.hash().k0());
    log.fixed(history.hash().k1());
    log.number(history.shift);
    log.number(history.lastIndex);
    numberIf(flags, ELEMENTS_SINCE, history.elementsSince, log);
    numberIf(flags, HAS_FORGOTTEN, history.forgottenUpTo, log);
    numberIf(flags, NOT_KEPT_BEFORE, recent.notKeptBefore(), log);
    if ((flags & VIEW_BEFORE) != 0) {
      log.fixed(recent.viewBefore());
    }
    writeGaps(history, log);
    writeActions(history, log);
    writeRecent(recent, history.newest(), log);
  }

  private static void numberIf(int flags, int flag, long number, SessionLog.Writer log) {
    if ((flags & flag) != 0) {
      log.number(number);
    }
  }

  private static void writeGaps(History history, SessionLog.Writer log) {
    long[] gaps = history.gapBounds();
    log.count(gaps.length / 2);
    long before = history.newest();
    for (long bound : gaps) {
      log.number(bound - before);
      before = bound;
    }
  }

  private static void writeActions(History history, SessionLog.Writer log) {
    ActionColumns actions = history.actions();
    int[] numbers = new int[history.paths().size()];
    Arrays.fill(numbers, SessionPaths.ABSENT);
    int known = 0;
    String pathBefore = "";
    long before = 0;
    log.count(actions.size());
    for (int i = actions.first(); i < actions.end(); i++) {
      int path = actions.path(i);
      boolean same = i > actions.first() && actions.path(i - 1) == path;
      log.octet(actions.bits(i) | (same ? SAME_PATH : 0));
      log.count(actions.time(i) - before);
      before = actions.time(i);
      if (!same && numbers[path] != SessionPaths.ABSENT) {
        log.count(numbers[path]);
      } else if (!same) {
        log.count(known);
        numbers[path] = known++;
        pathBefore = writePath(history.path(i).text(), pathBefore, log);
      }
      if (actions.keepsElements() && actions.kind(i) == ActionKind.CLICK) {
        log.fixed(actions.element(i));
      }
    }
  }

  private static String writePath(String path, String before, SessionLog.Writer log) {
    int most = Math.min(path.length(), before.length());
    int common = 0;
    while (common < most && path.charAt(common) == before.charAt(common)) {
      common++;
    }
    log.count(common);
    log.text(path.substring(common));
    return path;
  }

  private static void writeRecent(RecentActions recent, long newest, SessionLog.Writer log) {
    log.count(recent.size());
    long after = newest;
    for (int i = recent.size() - 1; i >= 0; i--) {
      boolean startless = recent.isStartless(i);
      boolean view = recent.isView(i);
      log.count(
          after - recent.time(i) << RECENT_BITS | (startless ? STARTLESS : 0) | (view ? VIEW : 0));
      after = recent.time(i);
      if (!startless) {
        log.fixed(recent.identity(i));
      }
      if (view) {
        log.fixed(recent.view(i));
      }
    }
  }

  static void read(History history, SessionLog.Reader log) {
    int flags = log.octet();
    history.begin(new KeyedHash(log.fixed(), log.fixed()));
    history.shift = log.number();
    history.lastIndex = (int) log.number();
    history.elementsSince = numberIf(flags, ELEMENTS_SINCE, log);
    history.forgottenUpTo = numberIf(flags, HAS_FORGOTTEN, log);
    long notKeptBefore = numberIf(flags, NOT_KEPT_BEFORE, log);
    long viewBefore = (flags & VIEW_BEFORE) == 0 ? RecentActions.NONE : log.fixed();
    long[] gaps = readGaps(log);
    readActions(history, (flags & KEEPS_ELEMENTS) != 0, log);
    addGaps(history, gaps);
    readRecent(history, viewBefore, notKeptBefore, log);
  }

  private static long numberIf(int flags, int flag, SessionLog.Reader log) {
    return (flags & flag) == 0 ? History.ALWAYS : log.number();
  }

  /** Each relative to the one before, the first to the newest action. */
  private static long[] readGaps(SessionLog.Reader log) {
    long[] bounds = new long[2 * log.size(log.count())];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = log.number();
    }
    return bounds;
  }

  private static void addGaps(History history, long[] gaps) {
    long before = history.newest();
    for (int i = 0; i < gaps.length; i += 2) {
      long from = before + gaps[i];
      before = from + gaps[i + 1];
      history.addGap(from, before);
    }
  }

  private static void readActions(History history, boolean elements, SessionLog.Reader log) {
    ActionColumns actions = history.actions();
    int size = log.size(log.count());
    List<String> texts = new ArrayList<>();
    int characters = 0;
    long at = 0;
    int path = 0;
    for (int i = 0; i < size; i++) {
      int flags = log.octet();
      at += log.count();
      if (i == 0) {
        actions.begin(size, at, elements);
      }
      if (at < actions.base() || at - actions.base() > Integer.MAX_VALUE) {
        throw log.damaged("an action out of order");
      }
      if (i == 0 || (flags & SAME_PATH) == 0) {
        path = log.index(log.count(), texts.size() + 1);
      }
      if (path == texts.size()) {
        String text = readPath(texts.isEmpty() ? "" : texts.get(path - 1), log);
        characters += text.length();
        if (text.length() > PagePath.LONGEST || characters > History.MOST_PATH_BYTES) {
          throw log.damaged("a path too long");
        }
        texts.add(text);
        history.paths().append(history.path(text));
      }
      int bits = flags & ~SAME_PATH;
      int kind = log.index(bits & ActionKind.BITS, ActionKind.COUNT);
      long element = elements && kind == ActionKind.CLICK ? log.fixed() : 0;
      actions.append(at, bits, path, element);
    }
    if (size == 0) {
      actions.begin(size, 0, elements);
    }
  }

  private static String readPath(String before, SessionLog.Reader log) {
    int common = log.index(log.count(), before.length() + 1);
    return before.substring(0, common).concat(log.text());
  }

  private static void readRecent(
      History history, long viewBefore, long notKeptBefore, SessionLog.Reader log) {
    RecentActions recent = history.recent();
    int size = log.index(log.count(), RecentActions.MOST + 1);
    recent.begin(size, viewBefore, notKeptBefore);
    long at = history.newest();
    for (int i = 0; i < size; i++) {
      long timed = log.count();
      at -= timed >>> RECENT_BITS;
      boolean startless = (timed & STARTLESS) != 0;
      boolean view = (timed & VIEW) != 0;
      long identity = startless ? 0 : log.fixed();
      recent.prepend(at, identity, startless, view, view ? log.fixed() : RecentActions.NONE);
    }
  }
}
