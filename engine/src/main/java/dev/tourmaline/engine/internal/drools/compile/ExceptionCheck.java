package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.In;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Not;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Or;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.rule.NearestName;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks a condition that the engine asks between two events, of the session alone: what every fact
 * can be asked, compared with literals. Narrower than a pattern's constraint, which Drools
 * compiles.
 */
final class ExceptionCheck {

  private static final PredicateTable SESSION = PredicateTable.of("SessionFact").orElseThrow();
  private static final Set<Operator> OF_TEXT =
      Set.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.STARTS_WITH, Operator.ENDS_WITH);
  private static final Set<Operator> NOT_OF_NUMBERS =
      Set.of(Operator.CONTAINS, Operator.MATCHES, Operator.STARTS_WITH, Operator.ENDS_WITH);

  private ExceptionCheck() {}

  /** {@return what is wrong with a condition; empty if nothing is} */
  static Optional<String> fault(String condition) {
    return of(ConstraintExpression.parse(condition), condition);
  }

  private static Optional<String> of(ConstraintExpression expression, String written) {
    if (expression instanceof And and) {
      return first(and.terms(), written);
    }
    if (expression instanceof Or or) {
      return first(or.terms(), written);
    }
    if (expression instanceof Not not) {
      return of(not.term(), written);
    }
    if (expression instanceof Compare compare) {
      return comparison(compare, written);
    }
    if (expression instanceof In in) {
      boolean texts =
          in.value() instanceof Property
              && in.options().stream()
                  .allMatch(o -> o instanceof Literal literal && literal.value() instanceof String);
      return typed(in.value(), written, String.class)
          .or(() -> texts ? Optional.empty() : notUnderstood(written));
    }
    return typed(expression, written, boolean.class);
  }

  private static Optional<String> first(List<ConstraintExpression> terms, String written) {
    return terms.stream().flatMap(term -> of(term, written).stream()).findFirst();
  }

  private static Optional<String> comparison(Compare compare, String written) {
    Object right = compare.right() instanceof Literal literal ? literal.value() : null;
    if (right instanceof String) {
      return typed(compare.left(), written, String.class)
          .or(() -> unless(OF_TEXT.contains(compare.operator()), written));
    }
    if (right instanceof Boolean) {
      return typed(compare.left(), written, boolean.class)
          .or(() -> unless(compare.operator() == Operator.EQUAL, written));
    }
    if (right instanceof Number) {
      return typed(compare.left(), written, double.class)
          .or(() -> unless(!NOT_OF_NUMBERS.contains(compare.operator()), written));
    }
    return notUnderstood(written);
  }

  private static Optional<String> unless(boolean sound, String written) {
    return sound ? Optional.empty() : notUnderstood(written);
  }

  /** What is wrong with a value that should be of a type; any number stands for numbers. */
  private static Optional<String> typed(
      ConstraintExpression value, String written, Class<?> wanted) {
    String name =
        value instanceof Property property
            ? property.name()
            : value instanceof Call call ? call.name() : "";
    if (name.isEmpty()) {
      return notUnderstood(written);
    }
    Stream<Method> methods =
        value instanceof Property
            ? SESSION.property(name).stream()
            : SESSION.calls(name).stream()
                .filter(method -> method.getParameterCount() == ((Call) value).arguments().size());
    Optional<Method> method = methods.findFirst();
    if (method.isEmpty()) {
      return Optional.of(
          SESSION.words().contains(name)
              ? "'%s' is not used that way here: %s".formatted(name, written)
              : "a session cannot be asked for '%s'%s"
                  .formatted(name, NearestName.ending(name, SESSION.words())));
    }
    Class<?> type = method.get().getReturnType();
    boolean fits =
        wanted == double.class
            ? type.isPrimitive() && type != boolean.class
            : type == wanted && (wanted != String.class || value instanceof Property);
    if (!fits) {
      return notUnderstood(written);
    }
    return value instanceof Call call ? arguments(call, method.get(), written) : Optional.empty();
  }

  private static Optional<String> arguments(Call call, Method method, String written) {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      Object given =
          call.arguments().get(i) instanceof Literal literal ? literal.value() : new Object();
      boolean fits = types[i] == String.class ? given instanceof String : given instanceof Long;
      if (!fits) {
        return notUnderstood(written);
      }
    }
    if (PredicateTable.takesWindow(method)
        && call.arguments().get(types.length - 1) instanceof Literal literal
        && literal.value() instanceof String window
        && Windows.parse(window).isEmpty()) {
      return Optional.of("\"%s\" is no time window; write it like \"10m\"".formatted(window));
    }
    return Optional.empty();
  }

  private static Optional<String> notUnderstood(String written) {
    return Optional.of(
        ("%s is not understood; write what every fact can be asked, compared with a value, such as"
                + " submittedWithin(\"/billing\", \"10m\") || secondsOnPage < 5")
            .formatted(written));
  }
}
