package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.fact.Fact;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.fact.RuleBudget;
import dev.tourmaline.engine.rule.Tours;
import dev.tourmaline.engine.session.SessionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/**
 * Collects what the rules of one lane offer, and knows the rule whose consequence runs. All Drools
 * sessions of a lane share it, since only one is evaluated at a time.
 */
final class OfferCollector extends DefaultAgendaEventListener implements Tours {

  private final RuleProgram program;
  private final List<Proposal> proposals = new ArrayList<>();
  private final Map<RuleDefinition, Integer> fired = new HashMap<>();
  private volatile @Nullable RuleDefinition current;
  private final AtomicReference<@Nullable SessionKey> session = new AtomicReference<>();
  private boolean silent;

  OfferCollector(RuleProgram program) {
    this.program = program;
  }

  /** Begins an evaluation: nothing has fired, nothing is proposed. */
  void begin(SessionKey evaluated) {
    session.lazySet(evaluated);
    proposals.clear();
    fired.clear();
    current = null;
  }

  /** Ends it: no rule is running. */
  void end() {
    current = null;
  }

  /** While silent, rules fire and their offers are discarded. */
  void silence(boolean on) {
    silent = on;
  }

  boolean isSilent() {
    return silent;
  }

  List<Proposal> proposals() {
    return proposals;
  }

  /** The session that is evaluated, or was last; any thread may ask. */
  @Nullable SessionKey session() {
    return session.get();
  }

  /** The rule whose consequence runs, or ran last in this evaluation. */
  @Nullable RuleDefinition current() {
    return current;
  }

  /** The rule that has fired most often in this evaluation. */
  @Nullable RuleDefinition busiest() {
    return fired.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    RuleDefinition rule = program.definition(event.getMatch().getRule());
    current = rule;
    fired.merge(rule, 1, Integer::sum);
    RuleBudget.check();
  }

  @Override
  public void offer(Fact because, String reason) {
    RuleDefinition rule = current;
    if (silent || rule == null || program.quarantine().holds(rule.index())) {
      return;
    }
    HistoryFact fact = (HistoryFact) because;
    if (!fact.getSession().equals(session.getPlain())) {
      throw new IllegalStateException("a fact of another session reached " + session);
    }
    String words = reason == null ? "" : reason;
    for (int i = 0; i < proposals.size(); i++) {
      Proposal earlier = proposals.get(i);
      if (earlier.rule().index() == rule.index() && earlier.fact() == fact) {
        // Drools says nothing about the order of a rule's matches, so the words decide.
        if (words.compareTo(earlier.reason()) < 0) {
          proposals.set(i, new Proposal(rule, fact, words));
        }
        return;
      }
    }
    proposals.add(new Proposal(rule, fact, words));
  }
}
