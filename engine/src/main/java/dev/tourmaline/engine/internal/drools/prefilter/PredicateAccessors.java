package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.Dwell;
import dev.tourmaline.engine.fact.Idle;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How the prefilter reads the properties and calls of facts that it understands. */
final class PredicateAccessors {

  private static final Map<String, Function<Action, String>> ACTION_TEXTS =
      Map.of(
          "type", Action::getType,
          "title", Action::getTitle,
          "description", Action::getDescription,
          "rawPath", Action::getRawPath,
          "query", Action::getQuery,
          "fragment", Action::getFragment,
          "host", Action::getHost);

  private static final Map<String, Function<SessionFact, String>> TEXTS =
      Map.of(
          "path", SessionFact::getPath,
          "previousPage", SessionFact::getPreviousPage,
          "userId", SessionFact::getUserId,
          "sessionId", SessionFact::getSessionId,
          "productId", SessionFact::getProductId);

  private static final Map<String, Predicate<Action>> ACTION_TRUTHS =
      Map.of(
          "pageview", Action::isPageview,
          "click", Action::isClick,
          "submit", Action::isSubmit,
          "typing", Action::isTyping,
          "focus", Action::isFocus,
          "blur", Action::isBlur,
          "visit", Action::isVisit);

  private static final Map<String, ToDoubleFunction<SessionFact>> NUMBERS =
      Map.of(
          "secondsOnPage", SessionFact::getSecondsOnPage,
          "actionsOnPage", SessionFact::getActionsOnPage);

  private static final Set<String> TRUTH_CALLS =
      Set.of(
          "onPath",
          "visitedWithin",
          "clickedWithin",
          "submittedWithin",
          "cameFrom",
          "pingPong",
          "uTurn",
          "blindWithin",
          "reached");

  private PredicateAccessors() {}

  /** Whether the expression is a property or call that is true or false. */
  static boolean isTruth(String type, ConstraintExpression expression) {
    return expression instanceof Call call && TRUTH_CALLS.contains(call.name())
        || expression instanceof Property property
            && type.equals("Action")
            && ACTION_TRUTHS.containsKey(property.name());
  }

  /** How to read a text property. */
  static Optional<Function<SessionFact, String>> text(
      String type, ConstraintExpression expression) {
    if (!(expression instanceof Property property)) {
      return Optional.empty();
    }
    if (TEXTS.containsKey(property.name())) {
      return Optional.of(TEXTS.get(property.name()));
    }
    return type.equals("Action") && ACTION_TEXTS.containsKey(property.name())
        ? Optional.of(fact -> ACTION_TEXTS.get(property.name()).apply((Action) fact))
        : Optional.empty();
  }

  /** How to read a property that is a number or a truth. */
  static Optional<Condition.Value> property(String type, String name) {
    if (NUMBERS.containsKey(name)) {
      ToDoubleFunction<SessionFact> read = NUMBERS.get(name);
      return Optional.of((fact, results) -> read.applyAsDouble(fact));
    }
    if (type.equals("Action") && ACTION_TRUTHS.containsKey(name)) {
      Predicate<Action> read = ACTION_TRUTHS.get(name);
      return Optional.of((fact, results) -> read.test((Action) fact) ? 1 : 0);
    }
    return Optional.empty();
  }

  /** How to make a call with literal arguments. */
  static Optional<Condition.Value> call(String type, String name, List<Object> arguments) {
    boolean texts = arguments.stream().allMatch(String.class::isInstance);
    if (texts && arguments.size() == 1) {
      return one(type, name, (String) arguments.get(0)).map(PredicateAccessors::value);
    }
    if (texts && arguments.size() == 2) {
      return two(name, (String) arguments.get(0), (String) arguments.get(1))
          .map(PredicateAccessors::value);
    }
    if (name.equals("pingPong")
        && arguments.size() == 2
        && arguments.get(0) instanceof Long cycles
        && arguments.get(1) instanceof String window) {
      return Optional.of((fact, results) -> truth(fact.pingPong(cycles.intValue(), window)));
    }
    return Optional.empty();
  }

  private static Condition.Value value(ToDoubleFunction<SessionFact> read) {
    return (fact, results) -> read.applyAsDouble(fact);
  }

  private static Optional<ToDoubleFunction<SessionFact>> one(
      String type, String name, String argument) {
    ToDoubleFunction<SessionFact> read =
        switch (name) {
          case "onPath" -> fact -> truth(fact.onPath(argument));
          case "visitsWithin" -> fact -> fact.visitsWithin(argument);
          case "viewsWithin" -> fact -> fact.viewsWithin(argument);
          case "clicksWithin" -> fact -> fact.clicksWithin(argument);
          case "submitsWithin" -> fact -> fact.submitsWithin(argument);
          case "submittedWithin" -> fact -> truth(fact.submittedWithin(argument));
          case "typesWithin" -> fact -> fact.typesWithin(argument);
          case "focusesWithin" -> fact -> fact.focusesWithin(argument);
          case "blursWithin" -> fact -> fact.blursWithin(argument);
          case "actionsWithin" -> fact -> fact.actionsWithin(argument);
          case "secondsSinceVisit" -> fact -> fact.secondsSinceVisit(argument);
          case "secondsSinceClick" -> fact -> fact.secondsSinceClick(argument);
          case "secondsSinceSubmit" -> fact -> fact.secondsSinceSubmit(argument);
          case "cameFrom" -> fact -> truth(fact.cameFrom(argument));
          case "pingPong" -> fact -> truth(fact.pingPong(argument));
          case "uTurn" -> fact -> truth(fact.uTurn(argument));
          case "blindWithin" -> fact -> truth(fact.blindWithin(argument));
          case "elementClicksWithin" ->
              type.equals("Action") ? fact -> ((Action) fact).elementClicksWithin(argument) : null;
          case "reached" ->
              switch (type) {
                case "Idle" -> fact -> truth(((Idle) fact).reached(argument));
                case "Dwell" -> fact -> truth(((Dwell) fact).reached(argument));
                default -> null;
              };
          default -> null;
        };
    return Optional.ofNullable(read);
  }

  private static Optional<ToDoubleFunction<SessionFact>> two(
      String name, String first, String second) {
    ToDoubleFunction<SessionFact> read =
        switch (name) {
          case "visitsWithin" -> fact -> fact.visitsWithin(first, second);
          case "visitedWithin" -> fact -> truth(fact.visitedWithin(first, second));
          case "viewsWithin" -> fact -> fact.viewsWithin(first, second);
          case "clicksWithin" -> fact -> fact.clicksWithin(first, second);
          case "clickedWithin" -> fact -> truth(fact.clickedWithin(first, second));
          case "submitsWithin" -> fact -> fact.submitsWithin(first, second);
          case "submittedWithin" -> fact -> truth(fact.submittedWithin(first, second));
          case "typesWithin" -> fact -> fact.typesWithin(first, second);
          case "focusesWithin" -> fact -> fact.focusesWithin(first, second);
          case "blursWithin" -> fact -> fact.blursWithin(first, second);
          case "actionsWithin" -> fact -> fact.actionsWithin(first, second);
          case "cameFrom" -> fact -> truth(fact.cameFrom(first, second));
          default -> null;
        };
    return Optional.ofNullable(read);
  }

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }
}
