package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.time.Instant;
import java.util.LinkedHashSet;

/** The byte format of what is remembered of a user; see {@link SessionLog} for its numbers. */
final class UserRecord {

  private static final int VERSION = 1;

  private static final Outcome[] OUTCOMES = Outcome.values();

  private UserRecord() {}

  static byte[] write(UserTours tours) {
    SessionLog.Writer log = new SessionLog.Writer();
    log.octet(VERSION);
    log.octet(tours.optedOut ? 1 : 0);
    log.fixed(tours.seed);
    if (tours.seed != 0) {
      log.number(tours.seededAt.toEpochMilli());
    }
    log.count(tours.vouched.size());
    for (Fingerprint session : tours.vouched) {
      log.fixed(session.high());
      log.fixed(session.low());
    }
    log.count(tours.answers.size());
    tours.answers.forEach(answer -> answer.write(log));
    log.count(tours.slots.size());
    long before = 0;
    for (Slot slot : tours.slots) {
      log.count(flags(slot));
      log.text(slot.triggerId);
      log.text(slot.flowId);
      log.text(slot.session.sessionId());
      long at = slot.at.toEpochMilli();
      log.number(at - before);
      log.number(slot.lastReport.toEpochMilli() - at);
      log.count(slot.end == null ? 0 : 1 + slot.end.ordinal());
      before = at;
    }
    return log.toBytes();
  }

  static UserTours read(String productId, byte[] record) {
    SessionLog.Reader log = new SessionLog.Reader(record);
    int version = log.octet();
    if (version != VERSION) {
      throw log.damaged("version %d instead of %d".formatted(version, VERSION));
    }
    UserTours tours = new UserTours();
    tours.optedOut = log.octet() != 0;
    tours.seed = log.fixed();
    if (tours.seed != 0) {
      tours.seededAt = Instant.ofEpochMilli(log.number());
    }
    int vouched = log.size(log.count());
    if (vouched > 0) {
      tours.vouched = new LinkedHashSet<>(2);
    }
    for (int i = 0; i < vouched; i++) {
      tours.vouched.add(new Fingerprint(log.fixed(), log.fixed()));
    }
    for (int left = log.size(log.count()); left > 0; left--) {
      tours.answers.add(Answer.read(productId, log));
    }
    long before = 0;
    for (int left = log.size(log.count()); left > 0; left--) {
      int flags = (int) log.count();
      String triggerId = log.text();
      String flowId = log.text();
      SessionKey session = session(productId, log);
      before += log.number();
      Slot slot = new Slot(triggerId, flowId, session, Instant.ofEpochMilli(before));
      slot.lastReport = Instant.ofEpochMilli(before + log.number());
      int end = log.index(log.count(), OUTCOMES.length + 1);
      slot.end = end == 0 ? null : OUTCOMES[end - 1];
      set(slot, flags);
      tours.slots.add(slot);
    }
    return tours;
  }

  static SessionKey session(String productId, SessionLog.Reader log) {
    String sessionId = log.text();
    if (sessionId.isBlank()) {
      throw log.damaged("a session without an id");
    }
    return new SessionKey(productId, sessionId);
  }

  private static int flags(Slot slot) {
    boolean[] flags = {
      slot.vouched,
      slot.virtual,
      slot.released,
      slot.forced,
      slot.followUp,
      slot.invited,
      slot.shown,
      slot.confirmed,
      slot.reported,
      slot.over
    };
    int bits = 0;
    for (int i = 0; i < flags.length; i++) {
      bits |= flags[i] ? 1 << i : 0;
    }
    return bits;
  }

  private static void set(Slot slot, int flags) {
    slot.vouched = (flags & 1) != 0;
    slot.virtual = (flags & 1 << 1) != 0;
    slot.released = (flags & 1 << 2) != 0;
    slot.forced = (flags & 1 << 3) != 0;
    slot.followUp = (flags & 1 << 4) != 0;
    slot.invited = (flags & 1 << 5) != 0;
    slot.shown = (flags & 1 << 6) != 0;
    slot.confirmed = (flags & 1 << 7) != 0;
    slot.reported = (flags & 1 << 8) != 0;
    slot.over = (flags & 1 << 9) != 0;
  }
}
