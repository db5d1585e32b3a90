package dev.tourmaline.engine.internal.explain;

import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.ElapsedFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePath;
import dev.tourmaline.engine.session.SessionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts that a session's history still tells of, made up once more: its last actions, the
 * silences after them, and the stays that they began. Belongs to the thread of the session.
 *
 * @param session the session
 * @param userId its user, or empty text
 * @param history its history
 * @param clock the session clock, in milliseconds since the epoch
 */
record PastFacts(SessionKey session, String userId, History history, long clock) {

  private int oldest(int most) {
    return Math.max(history.first(), history.end() - most);
  }

  /** {@return the last actions, the newest first} */
  List<HistoryFact> actions(int most) {
    List<HistoryFact> facts = new ArrayList<>();
    for (int i = history.end() - 1; i >= oldest(most); i--) {
      facts.add(ActionFact.ofPast(session, userId, history, i));
    }
    return facts;
  }

  /**
   * {@return the silences after the last actions, the newest first: each at the longest of the
   * durations that it reached, or as long as it was}
   *
   * @param wanted durations in milliseconds, ascending
   */
  List<HistoryFact> silences(int most, List<Long> wanted) {
    List<HistoryFact> facts = new ArrayList<>();
    long end = clock;
    for (int i = history.end() - 1; i >= oldest(most); i--) {
      long lasted = reached(end - history.time(i), wanted);
      int visit = history.visitAt(i);
      PagePath page = visit < history.first() ? PagePath.NONE : history.path(visit);
      facts.add(
          new ElapsedFact.OfIdling(
              session, userId, history, history.time(i) + lasted, lasted, page));
      end = history.time(i);
    }
    return facts;
  }

  /** {@return as {@link #silences}, the stays on pages, from each visit to the next} */
  List<HistoryFact> stays(int most, List<Long> wanted) {
    List<HistoryFact> facts = new ArrayList<>();
    long end = clock;
    for (int i = history.end() - 1; i >= oldest(most); i--) {
      if (history.isVisit(i)) {
        long lasted = reached(end - history.time(i), wanted);
        facts.add(
            new ElapsedFact.OfDwelling(
                session, userId, history, history.time(i) + lasted, lasted, history.path(i)));
        end = history.time(i);
      }
    }
    return facts;
  }

  /** The longest duration reached; where none is, how long it was, but for the very end. */
  private static long reached(long lasted, List<Long> wanted) {
    return wanted.stream()
        .filter(duration -> duration <= lasted)
        .reduce((shorter, longer) -> longer)
        .orElse(Math.max(0, lasted - 1));
  }
}
