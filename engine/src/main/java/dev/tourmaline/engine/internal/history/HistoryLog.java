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

  /** Beside the bits of an action: its path is that of the action before. */
  private static final int SAME_PATH = 0x20;

  /** Likewise: its element is one that was written before. */
  private static final int KNOWN_ELEMENT = 0x40;

  /** An element is looked for among so many. */
  private static final int SEARCHED = 64;

  /** Beside the time of a recent action. */
  private static final int VIEW = 1;

  private static final int STARTLESS = 2;
  private static final int RECENT_BITS = 2;

  /** In the place of a raw path: none; one that is no path of the log, and follows. */
  private static final int NO_VIEW = 0;

  private static final int OTHER_VIEW = 1;
  private static final int FIRST_PATH = 2;

  private HistoryLog() {}

  static void write(History history, SessionLog.Writer log) {
    RecentActions recent = history.recent();
    int flags =
        (history.actions().keepsElements() ? KEEPS_ELEMENTS : 0)
            | (history.elementsSince == History.ALWAYS ? 0 : ELEMENTS_SINCE)
            | (history.forgottenUpTo == History.ALWAYS ? 0 : HAS_FORGOTTEN)
            | (recent.notKeptBefore() == History.ALWAYS ? 0 : NOT_KEPT_BEFORE);
    log.octet(flags);
    log.fixed(history.hash().k0());
    log.fixed(history.hash().k1());
    log.number(history.coverage().shift());
    log.number(history.lastIndex);
    numberIf(flags, ELEMENTS_SINCE, history.elementsSince, log);
    numberIf(flags, HAS_FORGOTTEN, history.forgottenUpTo, log);
    numberIf(flags, NOT_KEPT_BEFORE, recent.notKeptBefore(), log);
    writeGaps(history, log);
    int[] numbers = writeActions(history, log);
    writeRecent(history, numbers, log);
  }

  private static void numberIf(int flags, int flag, long number, SessionLog.Writer log) {
    if ((flags & flag) != 0) {
      log.number(number);
    }
  }

  private static void writeGaps(History history, SessionLog.Writer log) {
    long[] gaps = history.coverage().ownBounds();
    log.count(gaps.length / 2);
    long before = history.newest();
    for (long bound : gaps) {
      log.number(bound - before);
      before = bound;
    }
  }

  /** Returns the numbers of the session's paths in the log. */
  private static int[] writeActions(History history, SessionLog.Writer log) {
    ActionColumns actions = history.actions();
    int[] numbers = new int[history.paths().size()];
    Arrays.fill(numbers, SessionPaths.ABSENT);
    List<Long> elements = new ArrayList<>();
    int known = 0;
    String pathBefore = "";
    long before = 0;
    log.count(actions.size());
    for (int i = actions.first(); i < actions.end(); i++) {
      int path = actions.path(i);
      boolean same = i > actions.first() && actions.path(i - 1) == path;
      boolean click = actions.keepsElements() && actions.kind(i) == ActionKind.CLICK;
      int element = click ? placeOf(actions.element(i), elements) : -1;
      log.octet(actions.bits(i) | (same ? SAME_PATH : 0) | (element < 0 ? 0 : KNOWN_ELEMENT));
      log.count(actions.time(i) - before);
      before = actions.time(i);
      if (!same && numbers[path] != SessionPaths.ABSENT) {
        log.count(numbers[path]);
      } else if (!same) {
        log.count(known);
        numbers[path] = known++;
        pathBefore = writePath(history.path(i).text(), pathBefore, log);
      }
      if (element >= 0) {
        log.count(element);
      } else if (click) {
        elements.add(actions.element(i));
        log.fixed(actions.element(i));
      }
    }
    return numbers;
  }

  /** The place of an element among those written, if it is one of the last; else -1. */
  private static int placeOf(long element, List<Long> written) {
    int from = Math.max(0, written.size() - SEARCHED);
    int place = written.subList(from, written.size()).lastIndexOf(element);
    return place < 0 ? place : from + place;
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

  private static void writeRecent(History history, int[] numbers, SessionLog.Writer log) {
    RecentActions recent = history.recent();
    log.count(recent.size());
    long after = history.newest();
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
        writeView(history, numbers, recent.view(i), log);
      }
    }
    writeView(history, numbers, recent.viewBefore(), log);
  }

  /** Most raw paths are paths of the log, whose identities follow from their texts. */
  private static void writeView(History history, int[] numbers, long view, SessionLog.Writer log) {
    int path = view == RecentActions.NONE ? SessionPaths.ABSENT : history.pathOfView(view);
    if (view == RecentActions.NONE) {
      log.count(NO_VIEW);
    } else if (path == SessionPaths.ABSENT || numbers[path] == SessionPaths.ABSENT) {
      log.count(OTHER_VIEW);
      log.fixed(view);
    } else {
      log.count(FIRST_PATH + (long) numbers[path]);
    }
  }

  private static long readView(KeyedHash hash, List<String> paths, SessionLog.Reader log) {
    int form = log.index(log.count(), FIRST_PATH + paths.size());
    return switch (form) {
      case NO_VIEW -> RecentActions.NONE;
      case OTHER_VIEW -> log.fixed();
      default -> hash.of(paths.get(form - FIRST_PATH));
    };
  }

  static void read(History history, SessionLog.Reader log) {
    int flags = log.octet();
    history.begin(new KeyedHash(log.fixed(), log.fixed()));
    history.coverage().shift(log.number());
    history.lastIndex = (int) log.number();
    history.elementsSince = numberIf(flags, ELEMENTS_SINCE, log);
    history.forgottenUpTo = numberIf(flags, HAS_FORGOTTEN, log);
    long notKeptBefore = numberIf(flags, NOT_KEPT_BEFORE, log);
    long[] gaps = readGaps(log);
    List<String> paths = readActions(history, (flags & KEEPS_ELEMENTS) != 0, log);
    addGaps(history, gaps);
    readRecent(history, paths, notKeptBefore, log);
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

  /** Returns the paths in the order of the log. */
  private static List<String> readActions(
      History history, boolean keepsElements, SessionLog.Reader log) {
    ActionColumns actions = history.actions();
    int size = log.size(log.count());
    List<String> texts = new ArrayList<>();
    List<Long> elements = new ArrayList<>();
    int characters = 0;
    long at = 0;
    int path = 0;
    for (int i = 0; i < size; i++) {
      int flags = log.octet();
      at += log.count();
      if (i == 0) {
        actions.begin(size, at, keepsElements);
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
      int bits = flags & ~(SAME_PATH | KNOWN_ELEMENT);
      int kind = log.index(bits & ActionKind.BITS, ActionKind.COUNT);
      long element = 0;
      if ((flags & KNOWN_ELEMENT) != 0) {
        element = elements.get(log.index(log.count(), elements.size()));
      } else if (keepsElements && kind == ActionKind.CLICK) {
        element = log.fixed();
        elements.add(element);
      }
      actions.append(at, bits, path, element);
    }
    if (size == 0) {
      actions.begin(size, 0, keepsElements);
    }
    return texts;
  }

  private static String readPath(String before, SessionLog.Reader log) {
    int common = log.index(log.count(), before.length() + 1);
    return before.substring(0, common).concat(log.text());
  }

  private static void readRecent(
      History history, List<String> paths, long notKeptBefore, SessionLog.Reader log) {
    RecentActions recent = history.recent();
    int size = log.index(log.count(), RecentActions.MOST + 1);
    recent.begin(size, notKeptBefore);
    long at = history.newest();
    for (int i = 0; i < size; i++) {
      long timed = log.count();
      at -= timed >>> RECENT_BITS;
      boolean startless = (timed & STARTLESS) != 0;
      boolean view = (timed & VIEW) != 0;
      long identity = startless ? 0 : log.fixed();
      long path = view ? readView(history.hash(), paths, log) : RecentActions.NONE;
      recent.prepend(at, identity, startless, view, path);
    }
    recent.viewBefore(readView(history.hash(), paths, log));
  }
}
