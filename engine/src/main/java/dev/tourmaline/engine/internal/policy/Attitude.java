package dev.tourmaline.engine.internal.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a user's answers to tours amount to. A dismissal holds its flow back for a day, the second
 * in a row all tours for seven, and from the third on he is only invited, until he sees a tour to
 * its end. An invitation that was put off waits until it was wanted, and a flow that has failed
 * twice in a row for a day. A fold over the answers in their order; immutable.
 */
final class Attitude {

  private static final Duration DISMISSED_ALL = Duration.ofDays(7);
  private static final Duration FAILED_FLOW = Duration.ofHours(24);
  private static final int FAILURES = 2;

  private final List<Answer> answers;

  /**
   * Makes what answers amount to.
   *
   * @param answers in their order
   */
  Attitude(List<Answer> answers) {
    this.answers = answers;
  }

  /** {@return whether he is asked before any tour} */
  boolean isInvitedOnly() {
    int inRow = 0;
    boolean invitedOnly = false;
    for (Answer answer : answers) {
      inRow = inRow(inRow, answer);
      invitedOnly = inRow >= 3 || invitedOnly && answer.kind() != Answer.Kind.COMPLETED;
    }
    return invitedOnly;
  }

  private static int inRow(int before, Answer answer) {
    return switch (answer.kind()) {
      case DISMISSED -> before + 1;
      case COMPLETED -> 0;
      case FAILED, SNOOZED -> before;
    };
  }

  Optional<String> dismissal(String flowId, Instant now) {
    int inRow = 0;
    int most = 0;
    Instant all = Instant.MIN;
    Instant flow = Instant.MIN;
    for (Answer answer : answers) {
      inRow = inRow(inRow, answer);
      if (answer.kind() == Answer.Kind.DISMISSED) {
        all = inRow >= 2 ? later(all, answer.at().plus(DISMISSED_ALL)) : all;
        most = inRow;
        flow = answer.flowId().equals(flowId) ? later(flow, answer.until()) : flow;
      }
    }
    if (now.isBefore(all)) {
      return Optional.of(
          "%d dismissals in a row: no tours for %s more".formatted(most, left(all, now)));
    }
    return now.isBefore(flow)
        ? Optional.of("%s was dismissed: %s left".formatted(flowId, left(flow, now)))
        : Optional.empty();
  }

  Optional<String> snooze(String flowId, Instant now) {
    return answers.stream()
        .filter(answer -> answer.kind() == Answer.Kind.SNOOZED && answer.flowId().equals(flowId))
        .reduce((earlier, last) -> last)
        .filter(last -> now.isBefore(last.until()))
        .map(last -> "%s was put off: %s left".formatted(flowId, left(last.until(), now)));
  }

  Optional<String> failure(String flowId, Instant now) {
    int inRow = 0;
    Instant held = Instant.MIN;
    for (Answer answer : answers) {
      if (answer.flowId().equals(flowId) && answer.kind() != Answer.Kind.SNOOZED) {
        inRow = answer.kind() == Answer.Kind.FAILED ? inRow + 1 : 0;
        if (inRow == FAILURES) {
          inRow = 0;
          held = answer.at().plus(FAILED_FLOW);
        }
      }
    }
    return now.isBefore(held)
        ? Optional.of("%s has failed twice: %s left".formatted(flowId, left(held, now)))
        : Optional.empty();
  }

  private static String left(Instant until, Instant now) {
    return InWords.of(Duration.between(now, until));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
