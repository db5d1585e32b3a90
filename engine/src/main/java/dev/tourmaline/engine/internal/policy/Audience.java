package dev.tourmaline.engine.internal.policy;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A predicate over the attributes of a user, in Kleene's logic of three values: what is not known
 * is neither true nor false, and neither is its opposite; only what is true matches. Written as
 * {@code User.attribute("plan") == "pro" && !testers}, where a bare name is a segment. Immutable.
 */
public final class Audience {

  private static final String PREFIX = "User.attribute(";
  private static final String ATTRIBUTE = "attribute(";

  private final Term term;

  /** True, false, or null for unknown. */
  private interface Term {
    Optional<Boolean> of(Map<String, Object> attributes);
  }

  private Audience(Term term) {
    this.term = term;
  }

  /**
   * Reads an expression.
   *
   * @param segments the named audiences that it may use
   * @throws IllegalArgumentException saying what of it is not understood
   */
  public static Audience parse(String text, Map<String, String> segments) {
    return parse(text, segments, List.of());
  }

  /**
   * {@return what is wrong with an expression, whatever segments there are; empty if nothing is}
   */
  public static Optional<String> fault(String text) {
    try {
      term(expression(text), name -> attributes -> Optional.empty(), text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ConstraintExpression expression(String text) {
    return ConstraintExpression.parse(text.replace(PREFIX, ATTRIBUTE));
  }

  private static Audience parse(String text, Map<String, String> segments, List<String> within) {
    Function<String, Term> segment =
        name -> {
          String named = segments.get(name);
          if (named == null) {
            throw new IllegalArgumentException(
                "there is no segment \"%s\"; known are %s"
                    .formatted(
                        name,
                        segments.isEmpty()
                            ? "none"
                            : String.join(", ", segments.keySet().stream().sorted().toList())));
          }
          if (within.contains(name)) {
            throw new IllegalArgumentException("segment \"%s\" names itself".formatted(name));
          }
          List<String> deeper = new ArrayList<>(within);
          deeper.add(name);
          return parse(named, segments, deeper).term;
        };
    return new Audience(term(expression(text), segment, text));
  }

  private static Term term(
      ConstraintExpression expression, Function<String, Term> segment, String text) {
    if (expression instanceof And and) {
      return all(terms(and.terms(), segment, text));
    }
    if (expression instanceof Or or) {
      Term none = all(terms(or.terms(), segment, text).stream().map(Audience::not).toList());
      return not(none);
    }
    if (expression instanceof Not not) {
      return not(term(not.term(), segment, text));
    }
    if (expression instanceof Property property) {
      return segment.apply(property.name());
    }
    if (expression instanceof Call call) {
      String name = nameOf(call, text);
      return attributes ->
          Optional.ofNullable(attributes.get(name))
              .filter(Boolean.class::isInstance)
              .map(Boolean.class::cast);
    }
    if (expression instanceof In in && in.value() instanceof Call call) {
      List<Term> options =
          in.options().stream().map(option -> compare(call, Operator.EQUAL, option, text)).toList();
      return not(all(options.stream().map(Audience::not).toList()));
    }
    if (expression instanceof Compare compare && compare.left() instanceof Call call) {
      return compare(call, compare.operator(), compare.right(), text);
    }
    throw notUnderstood(text);
  }

  private static List<Term> terms(
      List<ConstraintExpression> expressions, Function<String, Term> segment, String text) {
    return expressions.stream().map(one -> term(one, segment, text)).toList();
  }

  private static Term all(List<Term> terms) {
    return attributes -> {
      boolean known = true;
      for (Term one : terms) {
        Optional<Boolean> truth = one.of(attributes);
        if (truth.isPresent() && !truth.get()) {
          return truth;
        }
        known &= truth.isPresent();
      }
      return known ? Optional.of(true) : Optional.empty();
    };
  }

  private static Term not(Term term) {
    return attributes -> term.of(attributes).map(truth -> !truth);
  }

  private static Term compare(
      Call call, Operator operator, ConstraintExpression right, String text) {
    String name = nameOf(call, text);
    if (!(right instanceof Literal literal)) {
      throw notUnderstood(text);
    }
    Object wanted = literal.value();
    boolean isOrder =
        switch (operator) {
          case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
          default -> false;
        };
    boolean isOfText =
        switch (operator) {
          case CONTAINS, STARTS_WITH, ENDS_WITH -> true;
          default -> false;
        };
    if (operator == Operator.MATCHES
        || isOrder && !(wanted instanceof Number)
        || isOfText && !(wanted instanceof String)) {
      throw notUnderstood(text);
    }
    return attributes ->
        Optional.ofNullable(attributes.get(name)).flatMap(value -> holds(value, operator, wanted));
  }

  private static Optional<Boolean> holds(Object value, Operator operator, Object wanted) {
    if (value instanceof Number number && wanted instanceof Number other) {
      int order = Double.compare(number.doubleValue(), other.doubleValue());
      return switch (operator) {
        case EQUAL -> Optional.of(order == 0);
        case NOT_EQUAL -> Optional.of(order != 0);
        case LESS -> Optional.of(order < 0);
        case LESS_OR_EQUAL -> Optional.of(order <= 0);
        case GREATER -> Optional.of(order > 0);
        case GREATER_OR_EQUAL -> Optional.of(order >= 0);
        default -> Optional.empty();
      };
    }
    if (value instanceof String is && wanted instanceof String other) {
      return switch (operator) {
        case EQUAL -> Optional.of(is.equals(other));
        case NOT_EQUAL -> Optional.of(!is.equals(other));
        case CONTAINS -> Optional.of(is.contains(other));
        case STARTS_WITH -> Optional.of(is.startsWith(other));
        case ENDS_WITH -> Optional.of(is.endsWith(other));
        default -> Optional.empty();
      };
    }
    // Of another type than the rule expects: it is not known what it means.
    boolean comparable = value.getClass() == wanted.getClass();
    return switch (operator) {
      case EQUAL -> comparable ? Optional.of(value.equals(wanted)) : Optional.empty();
      case NOT_EQUAL -> comparable ? Optional.of(!value.equals(wanted)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String nameOf(Call call, String text) {
    if (call.name().equals("attribute")
        && call.arguments().size() == 1
        && call.arguments().get(0) instanceof Literal literal
        && literal.value() instanceof String name) {
      return name;
    }
    throw notUnderstood(text);
  }

  private static IllegalArgumentException notUnderstood(String text) {
    return new IllegalArgumentException(
        ("\"%s\" is no audience; write it like User.attribute(\"plan\") == \"pro\", with && || !"
                + " and parentheses, or name a segment")
            .formatted(Objects.requireNonNull(text)));
  }

  /** {@return whether somebody with these attributes belongs to it for certain} */
  public boolean matches(Map<String, Object> attributes) {
    return term.of(attributes).orElse(false);
  }
}
