package dev.tourmaline.engine.internal.explain;

import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.In;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Not;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Opaque;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Or;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import java.util.List;
import java.util.stream.Collectors;

/** An expression as rules write it: the parts of a constraint that its author joined with and. */
final class ConstraintWords {

  private ConstraintWords() {}

  static String of(ConstraintExpression expression) {
    if (expression instanceof And and) {
      return joined(and.terms(), " && ");
    }
    if (expression instanceof Or or) {
      return joined(or.terms(), " || ");
    }
    if (expression instanceof Not not) {
      return "!" + within(not.term());
    }
    if (expression instanceof Compare compare) {
      return "%s %s %s".formatted(of(compare.left()), of(compare.operator()), of(compare.right()));
    }
    if (expression instanceof In in) {
      return "%s in (%s)".formatted(of(in.value()), list(in.options()));
    }
    if (expression instanceof Call call) {
      return "%s(%s)".formatted(call.name(), list(call.arguments()));
    }
    if (expression instanceof Literal literal) {
      return literal.value() instanceof String text
          ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
          : String.valueOf(literal.value());
    }
    return expression instanceof Property property
        ? property.name()
        : ((Opaque) expression).text().strip();
  }

  private static String joined(List<ConstraintExpression> terms, String by) {
    return terms.stream().map(ConstraintWords::within).collect(Collectors.joining(by));
  }

  private static String within(ConstraintExpression term) {
    boolean isSimple = term instanceof Call || term instanceof Property || term instanceof Literal;
    return isSimple ? of(term) : "(" + of(term) + ")";
  }

  private static String list(List<ConstraintExpression> values) {
    return values.stream().map(ConstraintWords::of).collect(Collectors.joining(", "));
  }

  private static String of(Operator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
      case MATCHES -> "matches";
      case CONTAINS -> "contains";
      case STARTS_WITH -> "str[startsWith]";
      case ENDS_WITH -> "str[endsWith]";
    };
  }
}
