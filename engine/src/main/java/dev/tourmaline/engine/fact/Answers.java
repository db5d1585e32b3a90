package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionLog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fact that outlives its moment has answered. The history goes on, takes in what comes late
 * and forgets; an answer that was given stays, so that the fact is to a Drools session that is
 * opened anew what it was to the one before.
 */
final class Answers {

  private final Map<Asked, Long> given = new HashMap<>(4);
  private @Nullable String previousPage;

  private record Asked(Question question, int kind, String glob, String window) {}

  long to(
      Question question,
      SessionFact fact,
      int kind,
      @Nullable String glob,
      @Nullable String window) {
    Asked asked = new Asked(question, kind, glob == null ? "" : glob, window == null ? "" : window);
    Long known = given.get(asked);
    if (known == null) {
      known = question.answer(fact, kind, asked.glob, asked.window);
      given.put(asked, known);
    }
    return known;
  }

  String previousPage(SessionFact fact) {
    String known = previousPage;
    if (known == null) {
      known = Lookback.previousPage(fact.history, fact.place());
      previousPage = known;
    }
    return known;
  }

  void write(SessionLog.Writer log) {
    log.number(previousPage == null ? 0 : 1);
    if (previousPage != null) {
      log.text(previousPage);
    }
    log.number(given.size());
    given.forEach(
        (asked, answer) -> {
          log.number(asked.question.ordinal());
          log.number(asked.kind);
          log.text(asked.glob);
          log.text(asked.window);
          log.number(answer);
        });
  }

  static Answers read(SessionLog.Reader log) {
    Answers answers = new Answers();
    if (log.number() != 0) {
      answers.previousPage = log.text();
    }
    Question[] questions = Question.values();
    for (long left = log.number(); left > 0; left--) {
      Question question = questions[(int) log.number()];
      Asked asked = new Asked(question, (int) log.number(), log.text(), log.text());
      answers.given.put(asked, log.number());
    }
    return answers;
  }
}
