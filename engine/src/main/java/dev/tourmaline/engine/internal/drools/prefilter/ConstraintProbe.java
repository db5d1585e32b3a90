package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.In;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A constraint to be asked of single facts without Drools: whether it holds, and the value that it
 * compares. Immutable, thread-safe.
 */
public final class ConstraintProbe {

  private final Optional<ExactCondition> condition;
  private final Optional<Condition.Value> quantity;
  private final Optional<Function<SessionFact, String>> text;

  private ConstraintProbe(
      Optional<ExactCondition> condition,
      Optional<Condition.Value> quantity,
      Optional<Function<SessionFact, String>> text) {
    this.condition = condition;
    this.quantity = quantity;
    this.text = text;
  }

  /** {@return the probe of a constraint, whose facts are all of that type} */
  public static ConstraintProbe of(String factType, ConstraintExpression constraint) {
    ConstraintExpression compared =
        constraint instanceof Compare compare
            ? compare.left()
            : constraint instanceof In in ? in.value() : constraint;
    return new ConstraintProbe(
        ExactCondition.of(factType, constraint),
        PredicateAccessors.isTruth(factType, compared)
            ? Optional.empty()
            : PredicateAccessors.value(factType, compared),
        PredicateAccessors.text(factType, compared));
  }

  /** {@return whether it can be asked at all} */
  public boolean isKnown() {
    return condition.isPresent();
  }

  /**
   * {@return whether it holds of a fact}
   *
   * @throws java.util.NoSuchElementException unless it {@linkplain #isKnown is known}
   */
  public boolean holds(HistoryFact fact) {
    return condition.orElseThrow().holds(fact);
  }

  /** {@return the number that it compares; empty if it compares none} */
  public OptionalDouble quantity(HistoryFact fact) {
    return quantity.isPresent()
        ? OptionalDouble.of(quantity.get().of(fact, new RulePrefilter.CallResults(0)))
        : OptionalDouble.empty();
  }

  /** {@return the text that it compares; empty if it compares none} */
  public Optional<String> text(HistoryFact fact) {
    return text.map(read -> read.apply(fact));
  }
}
