package dev.tourmaline.engine.internal.drools.model;

import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.In;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Not;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Opaque;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Or;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Derives the longest window over which a pattern claims absence: a negated history predicate, an
 * upper bound on a count, a time since, or having been idle or on one page.
 */
public final class AbsenceWindow {

  private static final String BLIND = "blindWithin";

  private final PredicateTable fact;
  private Duration longest = Duration.ZERO;
  private String text = "";

  private AbsenceWindow(PredicateTable fact) {
    this.fact = fact;
  }

  /**
   * {@return the window as rules write it; empty if there is no such claim or the rule asks for
   * itself}
   */
  public static Optional<String> of(String fact, List<ConstraintExpression> constraints) {
    if (constraints.stream().anyMatch(AbsenceWindow::asksItself)) {
      return Optional.empty();
    }
    AbsenceWindow window = new AbsenceWindow(PredicateTable.of(fact).orElseThrow());
    constraints.forEach(constraint -> window.collect(constraint, false));
    return window.text.isEmpty() ? Optional.empty() : Optional.of(window.text);
  }

  private static boolean asksItself(ConstraintExpression expression) {
    if (expression instanceof Call call && call.name().equals(BLIND)
        || expression instanceof Opaque opaque && opaque.text().contains(BLIND)) {
      return true;
    }
    return expression.parts().stream().anyMatch(AbsenceWindow::asksItself);
  }

  private void collect(ConstraintExpression expression, boolean negated) {
    if (expression instanceof Not not) {
      collect(not.term(), !negated);
    } else if (expression instanceof And and) {
      and.terms().forEach(term -> collect(term, negated));
    } else if (expression instanceof Or or) {
      or.terms().forEach(term -> collect(term, negated));
    } else if (expression instanceof In in && in.value() instanceof Call call) {
      take(call);
    } else if (expression instanceof Compare compare && compare.left() instanceof Call call) {
      compare(call, compare, negated);
    } else if (expression instanceof Call call && (negated || absence(call) == Absence.ALWAYS)) {
      take(call);
    }
  }

  private void compare(Call call, Compare compare, boolean negated) {
    if (!(compare.right() instanceof Literal literal)) {
      take(call);
      return;
    }
    boolean upper =
        switch (compare.operator()) {
          case LESS, LESS_OR_EQUAL -> !negated;
          case GREATER, GREATER_OR_EQUAL -> negated;
          case EQUAL -> isAbsent(literal) ? !negated : isExact(literal) || negated;
          case NOT_EQUAL -> isAbsent(literal) ? negated : isExact(literal) || !negated;
          default -> false;
        };
    if (absence(call) == Absence.WHEN_LONG_AGO) {
      boolean lower =
          switch (compare.operator()) {
            case GREATER, GREATER_OR_EQUAL -> !negated;
            case LESS, LESS_OR_EQUAL -> negated;
            default -> false;
          };
      if (lower && literal.value() instanceof Number seconds && seconds.doubleValue() > 0) {
        offer((long) Math.ceil(seconds.doubleValue()) + "s");
      }
    } else if (upper) {
      take(call);
    }
  }

  private static boolean isAbsent(Literal literal) {
    return literal.value().equals(0L) || literal.value().equals(false);
  }

  /** A count that is exactly so and no more. */
  private static boolean isExact(Literal literal) {
    return literal.value() instanceof Number;
  }

  private Optional<Method> predicate(Call call) {
    return fact.calls(call.name()).stream()
        .filter(method -> method.getParameterCount() == call.arguments().size())
        .findFirst();
  }

  private Absence absence(Call call) {
    return predicate(call).map(PredicateTable::absence).orElse(Absence.NEVER);
  }

  private void take(Call call) {
    List<ConstraintExpression> arguments = call.arguments();
    if (predicate(call).filter(PredicateTable::takesWindow).isPresent()
        && arguments.get(arguments.size() - 1) instanceof Literal last) {
      offer(String.valueOf(last.value()));
    }
  }

  private void offer(String window) {
    Optional<Duration> duration = Windows.parse(window);
    if (duration.isPresent() && duration.get().compareTo(longest) > 0) {
      longest = duration.get();
      text = window;
    }
  }
}
