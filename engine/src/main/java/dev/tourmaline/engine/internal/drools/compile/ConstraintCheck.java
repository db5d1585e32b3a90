package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.fact.Predicate.PathGlob;
import dev.tourmaline.engine.fact.Predicate.Window;
import dev.tourmaline.engine.fact.Windows;
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
import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.rule.NearestName;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A type checker of constraints against a fact's predicates, ahead of Drools. */
final class ConstraintCheck {

  private static final Set<String> TIMED = Set.of("Idle", "Dwell");

  private final RuleText rule;
  private final FactPattern pattern;
  private final PredicateTable fact;
  private final Set<String> variables;
  private final Problems problems;
  private final FactPattern.Constraint constraint;
  private boolean sound = true;

  ConstraintCheck(
      RuleText rule,
      FactPattern pattern,
      FactPattern.Constraint constraint,
      Set<String> variables,
      Problems problems) {
    this.rule = rule;
    this.pattern = pattern;
    this.constraint = constraint;
    this.fact = PredicateTable.of(pattern.fact()).orElseThrow();
    this.variables = variables;
    this.problems = problems;
  }

  /** What concerns the pattern as a whole. */
  static void checkPattern(RuleText rule, FactPattern pattern, Problems problems) {
    if (pattern.positional()) {
      problems.error(
          rule,
          pattern.type().line(),
          pattern.fact() + " has no positional arguments; name each one");
    }
    boolean reached = pattern.constraints().stream().anyMatch(c -> asksReached(c.expression()));
    if (TIMED.contains(pattern.fact()) && !reached) {
      problems.error(
          rule,
          pattern.type().line(),
          "%s needs to be told how long, with a duration in quotes: %s( reached(\"60s\"), ... )"
              .formatted(pattern.fact(), pattern.fact()));
    }
  }

  /** Whether the constraint is valid, as far as is known without Drools. */
  boolean passes() {
    checkVariables();
    if (constraint.binds()) {
      value(ConstraintExpression.parse(textBehindBinding(constraint)));
    } else {
      condition(constraint.expression());
    }
    return sound;
  }

  private void checkVariables() {
    for (DrlToken token : constraint.tokens()) {
      boolean variable = token.kind() == DrlToken.Kind.WORD && token.text().startsWith("$");
      if (variable && !variables.contains(token.text())) {
        error(
            token.line(),
            "'%s' is bound nowhere in the rule%s"
                .formatted(token.text(), NearestName.ending(token.text(), variables)));
      }
    }
  }

  private static String textBehindBinding(FactPattern.Constraint constraint) {
    int offset = constraint.tokens().get(1).end() - constraint.start();
    return constraint.text().substring(offset);
  }

  private static boolean asksReached(ConstraintExpression expression) {
    if (expression instanceof And and) {
      return and.terms().stream().anyMatch(ConstraintCheck::asksReached);
    }
    if (expression instanceof Or or) {
      return or.terms().stream().allMatch(ConstraintCheck::asksReached);
    }
    return expression instanceof Call call
        && call.name().equals("reached")
        && call.arguments().size() == 1
        && call.isLiteral();
  }

  private void condition(ConstraintExpression expression) {
    if (expression instanceof And and) {
      and.terms().forEach(this::condition);
    } else if (expression instanceof Or or) {
      or.terms().forEach(this::condition);
    } else if (expression instanceof Not not) {
      condition(not.term());
    } else if (expression instanceof Compare || expression instanceof In) {
      value(expression);
    } else {
      value(expression)
          .filter(type -> type != boolean.class)
          .ifPresent(type -> notYesOrNo(expression, type));
    }
  }

  private void notYesOrNo(ConstraintExpression expression, Class<?> type) {
    String name = nameOf(expression);
    String example = type == String.class ? " == \"...\"" : " > 3";
    if (!name.isEmpty()) {
      error(
          constraint.lineOf(name),
          "'%s' is %s, not yes or no; compare it, such as %s%s"
              .formatted(
                  name,
                  inWords(type),
                  expression instanceof Call ? name + "(...)" : name,
                  example));
    } else if (expression instanceof Literal) {
      error(constraint.line(), "'%s' alone is no condition".formatted(constraint.text()));
    }
  }

  /** Checks a value and tells its type, where that is known. */
  private Optional<Class<?>> value(ConstraintExpression expression) {
    if (expression instanceof Literal literal) {
      return Optional.of(typeOf(literal));
    } else if (expression instanceof Property property) {
      return property(property.name());
    } else if (expression instanceof Call call) {
      return call(call);
    } else if (expression instanceof Compare compare) {
      compare(compare);
    } else if (expression instanceof In in) {
      value(in.value());
      in.options().forEach(this::value);
    } else if (expression instanceof And || expression instanceof Or || expression instanceof Not) {
      condition(expression);
    } else if (expression instanceof Opaque opaque) {
      OpaqueValueCheck.fault(opaque.text(), fact, variables)
          .ifPresent(message -> error(constraint.line(), message));
    }
    return Optional.empty();
  }

  private Optional<Class<?>> property(String name) {
    Optional<Class<?>> type = fact.property(name).map(Method::getReturnType);
    if (type.isPresent() || variables.contains(name)) {
      return type;
    }
    if (!fact.calls(name).isEmpty()) {
      error(
          constraint.lineOf(name),
          "'%s' is a method; give it its arguments: %s".formatted(name, usages(name)));
    } else if (Character.isLowerCase(name.charAt(0))) {
      error(
          constraint.lineOf(name),
          "%s has no property '%s'%s"
              .formatted(pattern.fact(), name, FactVocabulary.ending(name, fact)));
    }
    return Optional.empty();
  }

  private Optional<Class<?>> call(Call call) {
    String name = call.name();
    if (name.equals("eval")) {
      return Optional.empty();
    }
    List<Optional<Class<?>>> arguments = call.arguments().stream().map(this::value).toList();
    if (rule.file().functions.contains(name) || rule.file().hasStaticImports()) {
      return Optional.empty();
    }
    if (fact.calls(name).isEmpty()) {
      if (fact.property(name).isPresent()) {
        error(constraint.lineOf(name), "'%s' is a property; write it without ()".formatted(name));
      } else {
        error(
            constraint.lineOf(name),
            "%s has no method '%s'%s"
                .formatted(pattern.fact(), name, FactVocabulary.ending(name, fact)));
      }
      return Optional.empty();
    }
    Optional<Method> method =
        fact.calls(name).stream().filter(m -> accepts(m, arguments)).findFirst();
    if (method.isEmpty()) {
      String given =
          arguments.stream()
              .map(type -> type.map(ConstraintCheck::inWords).orElse("a value"))
              .collect(Collectors.joining(" and "));
      error(
          constraint.lineOf(name),
          "'%s' cannot take %s; write it like %s"
              .formatted(name, given.isEmpty() ? "no argument" : given, usages(name)));
      return Optional.empty();
    }
    checkWindow(call, method.get());
    return Optional.of(method.get().getReturnType());
  }

  private void checkWindow(Call call, Method predicate) {
    if (!PredicateTable.takesWindow(predicate)) {
      return;
    }
    ConstraintExpression last = call.arguments().get(call.arguments().size() - 1);
    if (last instanceof Literal literal
        && Windows.parse(String.valueOf(literal.value())).isEmpty()) {
      error(
          constraint.lineOf(call.name()),
          ("\"%s\" is no duration for '%s'; write a whole number and ms, s, m, h or d, such as"
                  + " \"10m\" or \"90s\"")
              .formatted(literal.value(), call.name()));
    }
  }

  private void compare(Compare compare) {
    Optional<Class<?>> left = value(compare.left());
    Optional<Class<?>> right = value(compare.right());
    if (left.isEmpty() || right.isEmpty()) {
      return;
    }
    String name = nameOf(compare.left());
    boolean texts = left.get() == String.class && right.get() == String.class;
    boolean numbers = isNumber(left.get()) && isNumber(right.get());
    boolean flags = left.get() == boolean.class && right.get() == boolean.class;
    boolean fits =
        switch (compare.operator()) {
          case EQUAL, NOT_EQUAL -> texts || numbers || flags;
          case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> numbers || texts;
          case MATCHES, CONTAINS, STARTS_WITH, ENDS_WITH -> texts;
        };
    if (!fits && (left.get().isPrimitive() || left.get() == String.class)) {
      error(
          constraint.lineOf(name),
          "'%s' is %s and cannot be compared with %s by '%s'"
              .formatted(
                  name, inWords(left.get()), inWords(right.get()), symbol(compare.operator())));
    } else if (texts && compare.right() instanceof Literal literal) {
      LiteralCheck.path(name, compare.operator(), String.valueOf(literal.value()))
          .ifPresent(message -> problems.warning(rule, constraint.lineOf(name), message));
    }
  }

  private static boolean accepts(Method method, List<Optional<Class<?>>> arguments) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length != arguments.size()) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      Class<?> given = arguments.get(i).orElse(null);
      boolean fits =
          given == null
              || given == parameters[i]
              || (isNumber(given) && isNumber(parameters[i]) && given != double.class);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private String usages(String name) {
    return fact.calls(name).stream()
        .map(
            method ->
                Arrays.stream(method.getParameters())
                    .map(ConstraintCheck::example)
                    .collect(Collectors.joining(", ", name + "(", ")")))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static String example(Parameter parameter) {
    if (parameter.isAnnotationPresent(Window.class)) {
      return "\"10m\"";
    }
    if (parameter.isAnnotationPresent(PathGlob.class)) {
      return "\"/settings/**\"";
    }
    return parameter.getType() == String.class ? "\"stuck\"" : "2";
  }

  private static String nameOf(ConstraintExpression expression) {
    if (expression instanceof Property property) {
      return property.name();
    }
    return expression instanceof Call call ? call.name() : "";
  }

  private static Class<?> typeOf(Literal literal) {
    Object value = literal.value();
    if (value instanceof String) {
      return String.class;
    }
    if (value instanceof Boolean) {
      return boolean.class;
    }
    return value instanceof Double ? double.class : int.class;
  }

  private static boolean isNumber(Class<?> type) {
    return type.isPrimitive() && type != boolean.class;
  }

  private static String inWords(Class<?> type) {
    if (type == String.class) {
      return "text";
    }
    return type == boolean.class ? "yes or no" : isNumber(type) ? "a number" : type.getSimpleName();
  }

  private static String symbol(Operator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
      case STARTS_WITH -> "str[startsWith]";
      case ENDS_WITH -> "str[endsWith]";
      case MATCHES, CONTAINS -> operator.name().toLowerCase(Locale.ROOT);
    };
  }

  private void error(int line, String message) {
    sound = false;
    problems.error(rule, line, message);
  }

  /** Variables that a rule binds without a dollar sign. */
  static Set<String> variables(RuleText rule) {
    List<DrlToken> tokens = rule.conditions();
    Set<String> names = new HashSet<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i + 1).is(":") && tokens.get(i).kind() == DrlToken.Kind.WORD) {
        names.add(tokens.get(i).text());
      }
    }
    rule.file().globals.forEach(global -> names.add(global.name()));
    return names;
  }
}
