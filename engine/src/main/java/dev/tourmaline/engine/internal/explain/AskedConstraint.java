package dev.tourmaline.engine.internal.explain;

import dev.tourmaline.engine.explain.RuleAccount.Check;
import dev.tourmaline.engine.explain.RuleAccount.Verdict;
import dev.tourmaline.engine.fact.TimedFact;
import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import dev.tourmaline.engine.internal.drools.prefilter.ConstraintProbe;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.history.ActionKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A constraint of a pattern, to be asked of past facts, with its numbers. Immutable. */
final class AskedConstraint {

  private static final String ELEMENT = "elementClicksWithin";

  /** What a history does not keep of its actions. */
  private static final Set<String> FORGOTTEN =
      Set.of("title", "description", "rawPath", "query", "fragment", "host", ELEMENT);

  private static final String TYPE = "type";
  private static final String REACHED = "reached";

  private final String text;
  private final ConstraintExpression expression;
  private final ConstraintProbe probe;
  private final Optional<String> forgotten;
  private final boolean asksType;

  private AskedConstraint(String factType, String text, ConstraintExpression expression) {
    this.text = text;
    this.expression = expression;
    this.probe = ConstraintProbe.of(factType, expression);
    this.forgotten = names(expression).filter(FORGOTTEN::contains).findFirst();
    this.asksType = names(expression).anyMatch(Predicate.isEqual(TYPE));
  }

  /** {@return what one constraint says, each part by itself where it joins several with and} */
  static List<AskedConstraint> of(String factType, String text) {
    ConstraintExpression expression = ConstraintExpression.parse(text);
    return expression instanceof And and
        ? and.terms().stream()
            .map(term -> new AskedConstraint(factType, ConstraintWords.of(term), term))
            .toList()
        : List.of(new AskedConstraint(factType, text.strip(), expression));
  }

  private static Stream<String> names(ConstraintExpression expression) {
    Stream<String> own =
        expression instanceof Property property
            ? Stream.of(property.name())
            : expression instanceof Call call ? Stream.of(call.name()) : Stream.empty();
    return Stream.concat(own, expression.parts().stream().flatMap(AskedConstraint::names));
  }

  ConstraintExpression expression() {
    return expression;
  }

  /** {@return the durations that it wants to be reached, in milliseconds} */
  static Stream<Long> reached(ConstraintExpression expression) {
    return Stream.concat(
        wanted(expression).stream().map(Duration::toMillis),
        expression.parts().stream().flatMap(AskedConstraint::reached));
  }

  private static Optional<Duration> wanted(ConstraintExpression expression) {
    return expression instanceof Call call
            && call.name().equals(REACHED)
            && call.arguments().size() == 1
            && call.arguments().get(0) instanceof Literal literal
            && literal.value() instanceof String window
        ? Windows.parse(window)
        : Optional.empty();
  }

  Verdict verdict(HistoryFact fact) {
    boolean isUntyped = fact instanceof ActionFact action && action.kind() == ActionKind.OTHER;
    if (!probe.isKnown() || forgotten.isPresent() || asksType && isUntyped) {
      return Verdict.NOT_KNOWN;
    }
    return probe.holds(fact) ? Verdict.HOLDS : Verdict.FAILS;
  }

  /** {@return how far a fact of which it does not hold is from it, from above 0 to 1} */
  double distance(HistoryFact fact) {
    Optional<Duration> wanted = wanted(expression);
    if (wanted.isPresent() && fact instanceof TimedFact timed) {
      return share(timed.getSeconds(), wanted.get().toMillis() / 1000.0);
    }
    OptionalDouble is = probe.quantity(fact);
    return is.isPresent() && limit().isPresent()
        ? share(is.getAsDouble(), limit().get().doubleValue())
        : 1;
  }

  private static double share(double is, double wanted) {
    return Math.min(1, Math.abs(wanted - is) / Math.max(1, Math.abs(wanted)));
  }

  private Optional<Number> limit() {
    return expression instanceof Compare compare
            && compare.right() instanceof Literal literal
            && literal.value() instanceof Number number
        ? Optional.of(number)
        : Optional.empty();
  }

  Check check(HistoryFact fact) {
    Verdict verdict = verdict(fact);
    return new Check(
        text,
        verdict,
        verdict == Verdict.NOT_KNOWN ? whyNotKnown() : detail(fact, verdict).orElse(""));
  }

  private String whyNotKnown() {
    if (!probe.isKnown() && forgotten.isEmpty()) {
      return "told only while the rule runs";
    }
    String what = forgotten.orElse(TYPE);
    return (what.equals(ELEMENT) ? "the element" : what) + " is not known any more";
  }

  private Optional<String> detail(HistoryFact fact, Verdict verdict) {
    Optional<Duration> wanted = wanted(expression);
    if (wanted.isPresent() && fact instanceof TimedFact timed) {
      return Optional.of(
          "%s s of %s s"
              .formatted(number(timed.getSeconds()), number(wanted.get().toMillis() / 1000.0)));
    }
    OptionalDouble is = probe.quantity(fact);
    if (is.isPresent()) {
      boolean isAtLeast =
          expression instanceof Compare compare
              && compare.operator() == Operator.GREATER_OR_EQUAL
              && limit().isPresent();
      return Optional.of(
          Double.isInfinite(is.getAsDouble())
              ? "never so far"
              : isAtLeast
                  ? number(is.getAsDouble()) + " of " + number(limit().get().doubleValue())
                  : "it is " + number(is.getAsDouble()));
    }
    if (verdict == Verdict.HOLDS
        && expression instanceof Compare compare
        && compare.operator() == Operator.EQUAL) {
      return Optional.empty();
    }
    return probe.text(fact).map(value -> value.isEmpty() ? "it is empty" : "it is " + value);
  }

  private static String number(double value) {
    String tenths = String.format(Locale.ROOT, "%.1f", value);
    return tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths;
  }
}
