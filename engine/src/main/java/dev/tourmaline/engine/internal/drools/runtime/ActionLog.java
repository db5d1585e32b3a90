package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.serial.SessionLog;
import java.time.Instant;
import java.util.Optional;

/** The codec of retained actions in a session's log. */
final class ActionLog {

  private static final long ABSENT = Long.MIN_VALUE / 4;

  private ActionLog() {}

  static void write(UiAction action, SessionLog.Writer log) {
    log.number(action.index());
    log.text(action.type());
    log.text(action.title());
    log.text(action.description());
    time(action.start(), log);
    time(action.end(), log);
    log.text(action.rawUrl());
    log.text(action.canonicalUrl());
    log.text(action.sessionId());
    log.text(action.userId());
    log.text(action.conversationId());
  }

  /** Everything but the e-mail address, which no rule sees and no log holds. */
  static UiAction read(SessionLog.Reader log) {
    int index = (int) log.number();
    UiAction.Builder action =
        UiAction.builder(log.text()).index(index).title(log.text()).description(log.text());
    long start = time(log);
    long end = time(log);
    if (start != ABSENT) {
      action.start(instant(start));
    }
    if (end != ABSENT) {
      action.end(instant(end));
    }
    return action
        .rawUrl(log.text())
        .canonicalUrl(log.text())
        .sessionId(log.text())
        .userId(log.text())
        .conversationId(log.text())
        .build();
  }

  private static void time(Optional<Instant> time, SessionLog.Writer log) {
    log.number(time.map(t -> t.getEpochSecond() * 1_000_000 + t.getNano() / 1_000).orElse(ABSENT));
  }

  private static long time(SessionLog.Reader log) {
    long micros = log.number();
    if (micros < ABSENT) {
      throw log.damaged("a time before all others");
    }
    return micros;
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
