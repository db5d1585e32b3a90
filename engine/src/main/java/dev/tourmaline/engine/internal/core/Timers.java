package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.fact.ElapsedFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import java.util.ArrayList;
import java.util.List;

/**
 * The event-time timers of sessions: {@code Idle}, {@code Dwell} and Drools timers, computed from
 * the session's clock rather than kept. Whatever the clock has passed has fired, so that timers
 * need no state but the clock.
 */
final class Timers {

  private long[] idle;
  private long[] dwell;

  Timers(RuleProgram program) {
    moveTo(program);
  }

  void moveTo(RuleProgram program) {
    idle = program.idleDurations();
    dwell = program.dwellDurations();
  }

  /** The next value of the session clock at which something is due; the largest long for never. */
  long next(UserSession session, RuleEvaluator evaluator) {
    long visitStart = dwell.length > 0 ? session.history.visitStart() : 0;
    return Math.min(
        evaluator.nextTimer(session), next(session.clock(), session.newest(), visitStart));
  }

  /** The next value of a session clock at which an {@code Idle} or a {@code Dwell} is due. */
  long next(long clock, long newest, long visitStart) {
    long due = Long.MAX_VALUE;
    if (idle.length > 0 && newest > 0) {
      due = firstAfter(clock, newest, idle);
    }
    if (dwell.length > 0 && visitStart > 0) {
      due = Math.min(due, firstAfter(clock, visitStart, dwell));
    }
    return due;
  }

  /** The facts that are due at just this value of the clock. */
  List<HistoryFact> dueAt(UserSession session, long due) {
    List<HistoryFact> facts = new ArrayList<>(1);
    for (long duration : idle) {
      if (session.history.newest() + duration == due) {
        facts.add(
            new ElapsedFact.OfIdling(
                session.key(), session.userId, session.history, due, duration));
      }
    }
    for (long duration : dwell) {
      if (session.history.visitStart() > 0 && session.history.visitStart() + duration == due) {
        facts.add(
            new ElapsedFact.OfDwelling(
                session.key(), session.userId, session.history, due, duration));
      }
    }
    return facts;
  }

  private static long firstAfter(long clock, long begin, long[] durations) {
    for (long duration : durations) {
      if (begin + duration > clock) {
        return begin + duration;
      }
    }
    return Long.MAX_VALUE;
  }
}
