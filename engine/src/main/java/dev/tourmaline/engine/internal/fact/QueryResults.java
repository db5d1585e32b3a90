package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.internal.history.HistoryQueries;
import dev.tourmaline.engine.internal.serial.SessionLog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memoised query results of a retained fact. They are unaffected by later insertions and
 * evictions of the history, so that a rebuilt Drools session sees the fact as the one before did.
 */
final class QueryResults {

  private final Map<Asked, Long> results = new HashMap<>(4);
  private @Nullable String previousPage;

  private record Asked(HistoryQuery query, int kind, String glob, String window) {}

  long of(HistoryQuery query, HistoryFact fact, int kind, String glob, String window) {
    Asked asked = new Asked(query, kind, glob, window);
    Long known = results.get(asked);
    if (known == null) {
      known = query.run(fact, kind, asked.glob, asked.window);
      results.put(asked, known);
    }
    return known;
  }

  String previousPage(HistoryFact fact) {
    String known = previousPage;
    if (known == null) {
      known = HistoryQueries.previousPage(fact.history, fact.place());
      previousPage = known;
    }
    return known;
  }

  void write(SessionLog.Writer log) {
    log.number(previousPage == null ? 0 : 1);
    if (previousPage != null) {
      log.text(previousPage);
    }
    log.number(results.size());
    results.forEach(
        (asked, result) -> {
          log.number(asked.query.ordinal());
          log.number(asked.kind);
          log.text(asked.glob);
          log.text(asked.window);
          log.number(result);
        });
  }

  static QueryResults read(SessionLog.Reader log) {
    QueryResults answers = new QueryResults();
    if (log.number() != 0) {
      answers.previousPage = log.text();
    }
    HistoryQuery[] queries = HistoryQuery.values();
    for (int left = log.size(log.number()); left > 0; left--) {
      HistoryQuery query = queries[log.index(log.number(), queries.length)];
      Asked asked = new Asked(query, (int) log.number(), log.text(), log.text());
      answers.results.put(asked, log.number());
    }
    return answers;
  }
}
