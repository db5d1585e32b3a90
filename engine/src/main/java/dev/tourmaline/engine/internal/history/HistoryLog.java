package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.internal.serial.SessionLog;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a history: entries of the shared dictionary by number, the session's own as text. An
 * action omits its page if it is that of the one before, and its title if it is usual there.
 */
final class HistoryLog {

  /** In the place of an entry's number plus one: the entry follows as text. */
  private static final int OWN = 0;

  /** Flags beside the bits of a history's actions. */
  private static final int SAME_PAGE = 0x20;

  private static final int USUAL_TITLE = 0x80;

  private HistoryLog() {}

  static void write(History history, SessionLog.Writer log) {
    SessionDictionary dictionary = history.dictionary();
    log.count(history.size());
    log.count(history.base);
    log.number(history.shift);
    log.number(history.lastIndex);
    long[] gaps = history.gapBounds();
    log.count(gaps.length);
    for (long bound : gaps) {
      log.number(bound - history.base);
    }
    long before = history.base;
    for (int i = history.first(); i < history.end(); i++) {
      Page page = dictionary.page(history.pageId(i));
      int title = history.title(i);
      boolean same = i > history.first() && history.pageId(i - 1) == page.id;
      boolean usual = dictionary.isUsualTitle(page, history.kind(i), title);
      log.octet(history.bits(i) | (same ? SAME_PAGE : 0) | (usual ? USUAL_TITLE : 0));
      long later = history.time(i) - before;
      before = history.time(i);
      if (i == history.first()) {
        log.number(later);
      } else {
        log.count(later);
      }
      if (!same) {
        writePage(dictionary, page, log);
      }
      if (!usual) {
        writeTitle(dictionary, title, log);
      }
    }
  }

  private static void writePage(SessionDictionary dictionary, Page page, SessionLog.Writer log) {
    if (dictionary.isShared(page)) {
      log.count(page.id + 1);
    } else {
      log.count(OWN);
      log.text(page.rawUrl);
      log.text(page.canonicalUrl);
    }
  }

  private static void writeTitle(SessionDictionary dictionary, int title, SessionLog.Writer log) {
    if (dictionary.isSharedTitle(title)) {
      log.count(title + 1);
    } else {
      log.count(OWN);
      log.text(dictionary.title(title));
    }
  }

  static void read(History history, SessionLog.Reader log) {
    SessionDictionary dictionary = history.dictionary();
    int size = log.size(log.count());
    long base = log.count();
    long shift = log.number();
    history.begin(size, base, shift, (int) log.number());
    int bounds = log.size(log.count());
    for (int i = 0; i < bounds; i += 2) {
      history.addGap(base + log.number(), base + log.number());
    }
    long at = base;
    @Nullable Page page = null;
    for (int i = 0; i < size; i++) {
      int flags = log.octet();
      int bits = flags & ~(SAME_PAGE | USUAL_TITLE);
      at += i == 0 ? log.number() : log.count();
      if (at - base != (int) (at - base) || i > 0 && at < history.newest()) {
        throw log.damaged("an action out of order");
      }
      if (page == null || (flags & SAME_PAGE) == 0) {
        page = readPage(dictionary, log);
      }
      int kind = log.index(bits & ActionKind.BITS, ActionKind.COUNT);
      boolean usual = (flags & USUAL_TITLE) != 0;
      int title =
          usual ? sharedTitle(dictionary, page.usualTitle(kind), log) : readTitle(dictionary, log);
      history.append(at, bits, page, title);
    }
  }

  private static Page readPage(SessionDictionary dictionary, SessionLog.Reader log) {
    long number = log.count();
    if (number == OWN) {
      return dictionary.page(log.text(), log.text());
    }
    if (!dictionary.holdsPage(number - 1)) {
      throw log.damaged("page %d, which there is not".formatted(number));
    }
    return dictionary.page((int) number - 1);
  }

  private static int readTitle(SessionDictionary dictionary, SessionLog.Reader log) {
    long number = log.count();
    return number == OWN
        ? dictionary.titleId(log.text())
        : sharedTitle(dictionary, number - 1, log);
  }

  private static int sharedTitle(SessionDictionary dictionary, long id, SessionLog.Reader log) {
    if (!dictionary.holdsTitle(id)) {
      throw log.damaged("title %d, which there is not".formatted(id + 1));
    }
    return (int) id;
  }
}
