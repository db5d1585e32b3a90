package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionLog;

/** How a history is written down: shared names by their number, the session's own as text. */
final class HistoryLog {

  private static final int OWN = -1;

  private HistoryLog() {}

  static void write(History history, SessionLog.Writer log) {
    Names names = history.names;
    log.number(history.size());
    log.number(history.base());
    log.number(history.shift());
    log.number(history.lastIndex());
    long[] blind = history.blindBounds();
    log.number(blind.length);
    for (long bound : blind) {
      log.number(bound - history.base());
    }
    long before = history.base();
    for (int i = history.first(); i < history.end(); i++) {
      log.number(history.time(i) - before);
      before = history.time(i);
      log.number(history.bits(i));
      writePage(names, names.page(history.pageId(i)), log);
      int title = history.title(i);
      log.number(names.isSharedTitle(title) ? title : OWN);
      if (!names.isSharedTitle(title)) {
        log.text(names.title(title));
      }
    }
  }

  private static void writePage(Names names, Page page, SessionLog.Writer log) {
    log.number(names.isShared(page) ? page.id : OWN);
    if (!names.isShared(page)) {
      log.text(page.rawUrl);
      log.text(page.canonicalUrl);
    }
  }

  static void read(History history, SessionLog.Reader log) {
    Names names = history.names;
    int size = (int) log.number();
    long base = log.number();
    long shift = log.number();
    history.begin(size, base, shift, (int) log.number());
    int bounds = (int) log.number();
    for (int i = 0; i < bounds; i += 2) {
      history.blind(base + log.number(), base + log.number());
    }
    long at = base;
    for (int i = 0; i < size; i++) {
      at += log.number();
      int bits = (int) log.number();
      int pageId = (int) log.number();
      Page page = pageId == OWN ? names.page(log.text(), log.text()) : names.page(pageId);
      int title = (int) log.number();
      history.append(at, bits, page, title == OWN ? names.titleId(log.text()) : title);
    }
  }
}
