package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import java.util.Optional;

/** A constraint that is compiled as a whole, to be asked without Drools. Immutable, thread-safe. */
public final class ExactCondition {

  private final Condition condition;
  private final int calls;

  private ExactCondition(Condition condition, int calls) {
    this.condition = condition;
    this.calls = calls;
  }

  /** {@return a condition that holds just where the constraint does; empty if part is unknown} */
  public static Optional<ExactCondition> of(String factType, String constraint) {
    return of(factType, ConstraintExpression.parse(constraint));
  }

  static Optional<ExactCondition> of(String factType, ConstraintExpression constraint) {
    ConditionCompiler compiler = new ConditionCompiler();
    return compiler
        .exactly(factType, constraint)
        .map(condition -> new ExactCondition(condition, compiler.calls()));
  }

  public boolean holds(HistoryFact fact) {
    RulePrefilter.CallResults results = new RulePrefilter.CallResults(calls);
    results.next();
    return condition.holds(fact, results);
  }
}
