package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.internal.serial.SessionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a user's answers to tours amount to. The first dismissal holds its flow back for a day, the
 * second in a row all tours for seven, and from the third on he is only invited, until he sees a
 * tour to its end. An invitation that was put off, and a flow that has failed twice, wait for a
 * day. Guarded by its user's lock.
 */
final class Attitude {

  private static final Duration DISMISSED_FLOW = Duration.ofDays(1);
  private static final Duration DISMISSED_ALL = Duration.ofDays(7);
  private static final Duration FAILED_FLOW = Duration.ofHours(24);
  private static final Duration LONGEST_SNOOZE = Duration.ofDays(30);
  private static final int FAILURES = 2;

  /** The most flows that are held; the oldest goes first. */
  private static final int FLOWS = 100;

  private int dismissalsInRow;
  private Instant allHeldUntil = Instant.EPOCH;
  private boolean invitationsOnly;
  private final Map<String, Hold> flows = new LinkedHashMap<>(2);

  /** What holds one flow back. */
  private static final class Hold {
    Instant dismissedUntil = Instant.EPOCH;
    Instant snoozedUntil = Instant.EPOCH;
    Instant failedUntil = Instant.EPOCH;
    int failures;
  }

  private Hold hold(String flowId) {
    Hold known = flows.remove(flowId);
    Hold hold = known == null ? new Hold() : known;
    if (flows.size() >= FLOWS) {
      Iterator<String> oldest = flows.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    flows.put(flowId, hold);
    return hold;
  }

  void dismissed(String flowId, Duration flowAtLeast, Instant now) {
    dismissalsInRow++;
    Hold hold = hold(flowId);
    Duration flow = flowAtLeast.compareTo(DISMISSED_FLOW) > 0 ? flowAtLeast : DISMISSED_FLOW;
    hold.dismissedUntil = later(hold.dismissedUntil, now.plus(flow));
    if (dismissalsInRow >= 2) {
      allHeldUntil = later(allHeldUntil, now.plus(DISMISSED_ALL));
    }
    invitationsOnly |= dismissalsInRow >= 3;
  }

  void completed(String flowId) {
    dismissalsInRow = 0;
    invitationsOnly = false;
    worked(flowId);
  }

  /** The flow was seen: its failures in a row end. */
  void worked(String flowId) {
    Hold hold = flows.get(flowId);
    if (hold != null) {
      hold.failures = 0;
    }
  }

  void failed(String flowId, Instant now) {
    Hold hold = hold(flowId);
    if (++hold.failures >= FAILURES) {
      hold.failures = 0;
      hold.failedUntil = now.plus(FAILED_FLOW);
    }
  }

  /** Puts a flow off, at most for thirty days. */
  void snoozed(String flowId, Instant until, Instant now) {
    Instant latest = now.plus(LONGEST_SNOOZE);
    hold(flowId).snoozedUntil = until.isAfter(latest) ? latest : until;
  }

  boolean isInvitedOnly() {
    return invitationsOnly;
  }

  Optional<String> dismissal(String flowId, Instant now) {
    if (now.isBefore(allHeldUntil)) {
      return Optional.of(
          "%d dismissals in a row: no tours for %s more"
              .formatted(dismissalsInRow, left(allHeldUntil, now)));
    }
    Hold hold = flows.get(flowId);
    return hold == null || !now.isBefore(hold.dismissedUntil)
        ? Optional.empty()
        : Optional.of(
            "%s was dismissed: %s left".formatted(flowId, left(hold.dismissedUntil, now)));
  }

  Optional<String> snooze(String flowId, Instant now) {
    Hold hold = flows.get(flowId);
    return hold == null || !now.isBefore(hold.snoozedUntil)
        ? Optional.empty()
        : Optional.of("%s was put off: %s left".formatted(flowId, left(hold.snoozedUntil, now)));
  }

  Optional<String> failure(String flowId, Instant now) {
    Hold hold = flows.get(flowId);
    return hold == null || !now.isBefore(hold.failedUntil)
        ? Optional.empty()
        : Optional.of(
            "%s has failed twice: %s left".formatted(flowId, left(hold.failedUntil, now)));
  }

  private static String left(Instant until, Instant now) {
    return InWords.of(Duration.between(now, until));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  void join(Attitude other) {
    dismissalsInRow = Math.max(dismissalsInRow, other.dismissalsInRow);
    allHeldUntil = later(allHeldUntil, other.allHeldUntil);
    invitationsOnly |= other.invitationsOnly;
    other.flows.forEach(
        (flow, theirs) -> {
          Hold ours = hold(flow);
          ours.dismissedUntil = later(ours.dismissedUntil, theirs.dismissedUntil);
          ours.snoozedUntil = later(ours.snoozedUntil, theirs.snoozedUntil);
          ours.failedUntil = later(ours.failedUntil, theirs.failedUntil);
          ours.failures = Math.max(ours.failures, theirs.failures);
        });
  }

  static void write(@Nullable Attitude attitude, SessionLog.Writer log) {
    if (attitude == null) {
      log.octet(0);
      return;
    }
    log.octet(attitude.invitationsOnly ? 2 : 1);
    log.count(attitude.dismissalsInRow);
    log.number(attitude.allHeldUntil.toEpochMilli());
    log.count(attitude.flows.size());
    attitude.flows.forEach(
        (flow, hold) -> {
          log.text(flow);
          log.number(hold.dismissedUntil.toEpochMilli());
          log.number(hold.snoozedUntil.toEpochMilli());
          log.number(hold.failedUntil.toEpochMilli());
          log.count(hold.failures);
        });
  }

  static @Nullable Attitude read(SessionLog.Reader log) {
    int tag = log.octet();
    if (tag == 0) {
      return null;
    }
    Attitude attitude = new Attitude();
    attitude.invitationsOnly = tag == 2;
    attitude.dismissalsInRow = (int) log.count();
    attitude.allHeldUntil = Instant.ofEpochMilli(log.number());
    for (int left = log.size(log.count()); left > 0; left--) {
      Hold hold = attitude.hold(log.text());
      hold.dismissedUntil = Instant.ofEpochMilli(log.number());
      hold.snoozedUntil = Instant.ofEpochMilli(log.number());
      hold.failedUntil = Instant.ofEpochMilli(log.number());
      hold.failures = (int) log.count();
    }
    return attitude;
  }
}
