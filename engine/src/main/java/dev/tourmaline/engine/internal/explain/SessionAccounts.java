package dev.tourmaline.engine.internal.explain;

import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.explain.Explanation.PastAction;
import dev.tourmaline.engine.explain.Explanation.Visit;
import dev.tourmaline.engine.explain.RuleAccount;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.history.ActionKind;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The explanation of a session that is known, from its history and its decisions. Bounded: {@value
 * #MOST_RULES} rules, {@value #MOST_ACTIONS} actions, and about {@value #MOST_QUESTIONS} questions
 * of one constraint to one action. Belongs to the thread of the session.
 */
public final class SessionAccounts {

  static final int MOST_RULES = 200;
  static final int MOST_ACTIONS = 100;
  private static final int LEAST_ACTIONS = 10;
  static final int MOST_QUESTIONS = 20_000;

  private final RuleProgram program;
  private final PastFacts past;

  /**
   * Makes the accounts of a session.
   *
   * @param clock the session clock, in milliseconds since the epoch
   */
  public SessionAccounts(
      RuleProgram program, SessionKey session, String userId, History history, long clock) {
    this.program = program;
    this.past = new PastFacts(session, userId, history, clock);
  }

  /**
   * {@return the explanation}
   *
   * @param decisions the session's last decisions, oldest first
   */
  public Explanation with(List<RecordedDecision> decisions) {
    List<RuleDefinition> rules = program.rules();
    List<RuleDefinition> told = rules.subList(0, Math.min(rules.size(), MOST_RULES));
    return new Explanation(
        past.session(),
        Optional.of(visit()),
        decisions,
        accounts(told, decisions),
        rules.size() - told.size());
  }

  private Visit visit() {
    History history = past.history();
    return new Visit(
        !past.userId().isEmpty(),
        history.size(),
        history.isEmpty() ? Optional.empty() : Optional.of(action(history, history.end() - 1)));
  }

  private static PastAction action(History history, int place) {
    String kind = ActionKind.type(history.kind(place));
    return new PastAction(
        kind.isEmpty() ? "action" : kind,
        history.path(place).text(),
        Instant.ofEpochMilli(history.time(place)));
  }

  private List<RuleAccount> accounts(List<RuleDefinition> rules, List<RecordedDecision> decisions) {
    Map<String, RecordedDecision> last = new HashMap<>();
    decisions.forEach(one -> last.put(one.decision().offer().rule(), one));
    List<NearestMiss> misses =
        rules.stream()
            .filter(rule -> !last.containsKey(rule.name()))
            .map(NearestMiss::new)
            .toList();
    int constraints = misses.stream().mapToInt(NearestMiss::constraints).sum();
    int actions =
        Math.max(LEAST_ACTIONS, Math.min(MOST_ACTIONS, MOST_QUESTIONS / Math.max(1, constraints)));
    List<RuleAccount> accounts = new ArrayList<>();
    int next = 0;
    for (RuleDefinition rule : rules) {
      RecordedDecision decision = last.get(rule.name());
      if (decision != null) {
        accounts.add(new RuleAccount.Decided(rule.name(), rule.flowId(), decision));
      } else {
        NearestMiss miss = misses.get(next++);
        accounts.add(
            program.isQuarantined(rule)
                ? new RuleAccount.Untold(
                    rule.name(),
                    rule.flowId(),
                    "it is switched off, for it has failed: see the log")
                : miss.among(past, actions));
      }
    }
    return accounts;
  }
}
