package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.internal.log.SessionLog;
import org.jspecify.annotations.Nullable;

/**
 * How a history is written down: shared names by their number, the session's own as text. An action
 * on the page of the one before it, or with the title that is usual there, does not name it.
 */
final class HistoryLog {

  /** In the place of a number, which is one more than the name's. */
  private static final int OWN = 0;

  /** Bits beside those that a history keeps. */
  private static final int SAME_PAGE = 0x20;

  private static final int USUAL_TITLE = 0x80;

  private HistoryLog() {}

  static void write(History history, SessionLog.Writer log) {
    Names names = history.names();
    log.count(history.size());
    log.count(history.base);
    log.number(history.shift);
    log.number(history.lastIndex);
    long[] blind = history.blindBounds();
    log.count(blind.length);
    for (long bound : blind) {
      log.number(bound - history.base);
    }
    long before = history.base;
    for (int i = history.first(); i < history.end(); i++) {
      Page page = names.page(history.pageId(i));
      int title = history.title(i);
      boolean same = i > history.first() && history.pageId(i - 1) == page.id;
      boolean usual = names.isUsualTitle(page, history.kind(i), title);
      log.octet(history.bits(i) | (same ? SAME_PAGE : 0) | (usual ? USUAL_TITLE : 0));
      long later = history.time(i) - before;
      before = history.time(i);
      if (i == history.first()) {
        log.number(later);
      } else {
        log.count(later);
      }
      if (!same) {
        writePage(names, page, log);
      }
      if (!usual) {
        writeTitle(names, title, log);
      }
    }
  }

  private static void writePage(Names names, Page page, SessionLog.Writer log) {
    if (names.isShared(page)) {
      log.count(page.id + 1);
    } else {
      log.count(OWN);
      log.text(page.rawUrl);
      log.text(page.canonicalUrl);
    }
  }

  private static void writeTitle(Names names, int title, SessionLog.Writer log) {
    if (names.isSharedTitle(title)) {
      log.count(title + 1);
    } else {
      log.count(OWN);
      log.text(names.title(title));
    }
  }

  static void read(History history, SessionLog.Reader log) {
    Names names = history.names();
    int size = (int) log.count();
    long base = log.count();
    long shift = log.number();
    history.begin(size, base, shift, (int) log.number());
    int bounds = (int) log.count();
    for (int i = 0; i < bounds; i += 2) {
      history.blind(base + log.number(), base + log.number());
    }
    long at = base;
    @Nullable Page page = null;
    for (int i = 0; i < size; i++) {
      int flags = log.octet();
      int bits = flags & ~(SAME_PAGE | USUAL_TITLE);
      at += i == 0 ? log.number() : log.count();
      if (page == null || (flags & SAME_PAGE) == 0) {
        page = readPage(names, log);
      }
      boolean usual = (flags & USUAL_TITLE) != 0;
      int title = usual ? page.usualTitle(bits & ActionKind.BITS) : readTitle(names, log);
      history.append(at, bits, page, title);
    }
  }

  private static Page readPage(Names names, SessionLog.Reader log) {
    int number = (int) log.count();
    return number == OWN ? names.page(log.text(), log.text()) : names.page(number - 1);
  }

  private static int readTitle(Names names, SessionLog.Reader log) {
    int number = (int) log.count();
    return number == OWN ? names.titleId(log.text()) : number - 1;
  }
}
