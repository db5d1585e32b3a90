package dev.tourmaline.engine.internal.drools.model;

import java.util.List;

/**
 * The AST of a pattern's constraint, as far as it is understood without Drools. Whatever is not
 * understood is {@link Opaque}; nothing is an error.
 */
public sealed interface ConstraintExpression {

  /**
   * Reads a constraint. Commas at the top are {@link And}. A binding without a comparison ({@code
   * $p : path}) constrains nothing and is {@code Literal(true)}; one with a comparison is that
   * comparison. {@code this.path}, {@code getPath()} and {@code path} are the same property, and a
   * literal on the left of a comparison changes sides.
   */
  static ConstraintExpression parse(String text) {
    return new ConstraintParser(text).parse();
  }

  /** {@return the expressions this one is made of, one level down} */
  default List<ConstraintExpression> parts() {
    if (this instanceof And and) {
      return and.terms();
    }
    if (this instanceof Or or) {
      return or.terms();
    }
    if (this instanceof Not not) {
      return List.of(not.term());
    }
    if (this instanceof Compare compare) {
      return List.of(compare.left(), compare.right());
    }
    if (this instanceof In in) {
      return List.of(in.value());
    }
    return this instanceof Call call ? call.arguments() : List.of();
  }

  /** How two values are compared. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /** The whole text matches the regular expression. */
    MATCHES,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH
  }

  /** All are true. */
  record And(List<ConstraintExpression> terms) implements ConstraintExpression {}

  /** At least one is true. */
  record Or(List<ConstraintExpression> terms) implements ConstraintExpression {}

  /** The term is false. */
  record Not(ConstraintExpression term) implements ConstraintExpression {}

  /** Two values; each is a {@link Literal}, {@link Property}, {@link Call} or {@link Opaque}. */
  record Compare(ConstraintExpression left, Operator operator, ConstraintExpression right)
      implements ConstraintExpression {}

  /** The value equals one of the options ({@code in}). */
  record In(ConstraintExpression value, List<ConstraintExpression> options)
      implements ConstraintExpression {}

  /** A method of the fact; the arguments are values as in {@link Compare}. */
  record Call(String name, List<ConstraintExpression> arguments) implements ConstraintExpression {

    /** Whether every argument is a literal. */
    public boolean isLiteral() {
      return arguments.stream().allMatch(Literal.class::isInstance);
    }
  }

  /** A property of the fact, or a variable whose name begins without a dollar sign. */
  record Property(String name) implements ConstraintExpression {}

  /** A constant: {@code String}, {@code Long}, {@code Double} or {@code Boolean}. */
  record Literal(Object value) implements ConstraintExpression {}

  /** Anything else, as it was written. */
  record Opaque(String text) implements ConstraintExpression {}
}
