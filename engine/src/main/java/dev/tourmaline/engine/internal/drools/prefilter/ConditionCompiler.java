package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.In;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Not;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Or;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compiles constraints into necessary conditions. What it does not understand it leaves out, which
 * weakens a condition and never makes it wrong.
 */
final class ConditionCompiler {

  private final Map<String, Integer> calls = new HashMap<>();

  /** A condition, and whether it says all that the constraint says or only some of it. */
  private record Bound(Condition condition, boolean exact) {}

  /** {@return how many different calls the conditions compiled so far make} */
  int calls() {
    return calls.size();
  }

  /** {@return a condition that holds wherever the constraint does; empty if none is known} */
  Optional<Condition> necessary(String factType, ConstraintExpression constraint) {
    return bound(factType, constraint).map(Bound::condition);
  }

  /** {@return a condition that holds just where the constraint does; empty if part is unknown} */
  Optional<Condition> exactly(String factType, ConstraintExpression constraint) {
    return bound(factType, constraint).filter(Bound::exact).map(Bound::condition);
  }

  private Optional<Bound> bound(String type, ConstraintExpression constraint) {
    if (constraint instanceof And and) {
      return and(type, and.terms());
    }
    if (constraint instanceof Or or) {
      return or(type, or.terms());
    }
    if (constraint instanceof Not not) {
      return bound(type, not.term())
          .filter(Bound::exact)
          .map(b -> exact((fact, results) -> !b.condition().holds(fact, results)));
    }
    if (constraint instanceof Compare compare) {
      return compare(type, compare).map(ConditionCompiler::exact);
    }
    if (constraint instanceof In in) {
      return in(type, in).map(ConditionCompiler::exact);
    }
    if (constraint instanceof Literal literal && literal.value() instanceof Boolean truth) {
      return Optional.of(exact((fact, results) -> truth));
    }
    return PredicateAccessors.isTruth(type, constraint)
        ? value(type, constraint).map(v -> exact((fact, results) -> v.of(fact, results) != 0))
        : Optional.empty();
  }

  private static Bound exact(Condition condition) {
    return new Bound(condition, true);
  }

  private Optional<Bound> and(String type, List<ConstraintExpression> terms) {
    List<Condition> known = new ArrayList<>();
    boolean exact = true;
    for (ConstraintExpression term : terms) {
      Optional<Bound> bound = bound(type, term);
      bound.ifPresent(b -> known.add(b.condition()));
      exact &= bound.isPresent() && bound.get().exact();
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Condition[] all = known.toArray(Condition[]::new);
    return Optional.of(
        new Bound(
            (fact, results) -> {
              for (Condition condition : all) {
                if (!condition.holds(fact, results)) {
                  return false;
                }
              }
              return true;
            },
            exact));
  }

  private Optional<Bound> or(String type, List<ConstraintExpression> terms) {
    List<Condition> known = new ArrayList<>();
    boolean exact = true;
    for (ConstraintExpression term : terms) {
      Optional<Bound> bound = bound(type, term);
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      known.add(bound.get().condition());
      exact &= bound.get().exact();
    }
    Condition[] any = known.toArray(Condition[]::new);
    return Optional.of(
        new Bound(
            (fact, results) -> {
              for (Condition condition : any) {
                if (condition.holds(fact, results)) {
                  return true;
                }
              }
              return false;
            },
            exact));
  }

  private Optional<Condition> compare(String type, Compare compare) {
    if (!(compare.right() instanceof Literal literal)) {
      return Optional.empty();
    }
    if (literal.value() instanceof String text) {
      return PredicateAccessors.text(type, compare.left())
          .flatMap(read -> compareText(read, compare.operator(), text));
    }
    if (literal.value() instanceof Boolean truth && compare.operator() == Operator.EQUAL) {
      return PredicateAccessors.isTruth(type, compare.left())
          ? value(type, compare.left())
              .map(v -> (fact, results) -> (v.of(fact, results) != 0) == truth)
          : Optional.empty();
    }
    if (literal.value() instanceof Number number
        && !PredicateAccessors.isTruth(type, compare.left())) {
      return value(type, compare.left())
          .flatMap(v -> compareNumber(v, compare.operator(), number.doubleValue()));
    }
    return Optional.empty();
  }

  private static Optional<Condition> compareText(
      Function<SessionFact, String> read, Operator operator, String text) {
    return switch (operator) {
      case EQUAL -> Optional.of((fact, results) -> read.apply(fact).equals(text));
      case NOT_EQUAL -> Optional.of((fact, results) -> !read.apply(fact).equals(text));
      case STARTS_WITH -> Optional.of((fact, results) -> read.apply(fact).startsWith(text));
      case ENDS_WITH -> Optional.of((fact, results) -> read.apply(fact).endsWith(text));
      case CONTAINS, MATCHES, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Optional.empty();
    };
  }

  private static Optional<Condition> compareNumber(
      Condition.Value value, Operator operator, double number) {
    return switch (operator) {
      case EQUAL -> Optional.of((fact, results) -> value.of(fact, results) == number);
      case NOT_EQUAL -> Optional.of((fact, results) -> value.of(fact, results) != number);
      case LESS -> Optional.of((fact, results) -> value.of(fact, results) < number);
      case LESS_OR_EQUAL -> Optional.of((fact, results) -> value.of(fact, results) <= number);
      case GREATER -> Optional.of((fact, results) -> value.of(fact, results) > number);
      case GREATER_OR_EQUAL -> Optional.of((fact, results) -> value.of(fact, results) >= number);
      case CONTAINS, MATCHES, STARTS_WITH, ENDS_WITH -> Optional.empty();
    };
  }

  private static Optional<Condition> in(String type, In in) {
    Set<String> options = new HashSet<>();
    for (ConstraintExpression option : in.options()) {
      if (!(option instanceof Literal literal && literal.value() instanceof String text)) {
        return Optional.empty();
      }
      options.add(text);
    }
    return PredicateAccessors.text(type, in.value())
        .map(read -> (fact, results) -> options.contains(read.apply(fact)));
  }

  /** The value of a property or a call; calls of all rules that are the same share one result. */
  private Optional<Condition.Value> value(String type, ConstraintExpression expression) {
    Optional<Condition.Value> value = PredicateAccessors.value(type, expression);
    if (!(expression instanceof Call call) || value.isEmpty()) {
      return value;
    }
    int number = calls.computeIfAbsent(type + '.' + call, key -> calls.size());
    return value.map(v -> (fact, results) -> results.of(number, v, fact));
  }
}
