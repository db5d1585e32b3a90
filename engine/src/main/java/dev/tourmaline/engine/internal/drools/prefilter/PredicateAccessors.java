package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads properties and predicates of the {@link PredicateTable} without Drools, through functions
 * that the lambda metafactory spins for the methods that rules name: as fast as a call written by
 * hand.
 */
final class PredicateAccessors {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private PredicateAccessors() {}

  /** Whether the expression is a property or call that is true or false. */
  static boolean isTruth(String fact, ConstraintExpression expression) {
    return method(fact, expression).filter(m -> m.getReturnType() == boolean.class).isPresent();
  }

  /** How to read a text property. */
  static Optional<Function<SessionFact, String>> text(
      String fact, ConstraintExpression expression) {
    return expression instanceof Property
        ? method(fact, expression)
            .filter(method -> method.getReturnType() == String.class)
            .map(method -> spin(TextProperty.class, receiver(fact), method)::of)
        : Optional.empty();
  }

  /**
   * How to read a property, or to make a call with literal arguments, that is a number or truth.
   */
  static Optional<Condition.Value> value(String fact, ConstraintExpression expression) {
    return method(fact, expression)
        .filter(method -> method.getReturnType().isPrimitive())
        .flatMap(method -> value(receiver(fact), method, literals(expression)));
  }

  private static Class<?> receiver(String fact) {
    return PredicateTable.of(fact).orElseThrow().type();
  }

  private static List<Object> literals(ConstraintExpression expression) {
    return expression instanceof Call call
        ? call.arguments().stream().map(argument -> ((Literal) argument).value()).toList()
        : List.of();
  }

  private static Optional<Method> method(String fact, ConstraintExpression expression) {
    Optional<PredicateTable> table = PredicateTable.of(fact);
    if (expression instanceof Property property) {
      return table.flatMap(known -> known.property(property.name()));
    }
    return expression instanceof Call call && call.isLiteral()
        ? table.stream()
            .flatMap(known -> known.calls(call.name()).stream())
            .filter(method -> method.getParameterCount() == call.arguments().size())
            .findFirst()
        : Optional.empty();
  }

  private static boolean accepts(Method method, List<Object> arguments) {
    Class<?>[] types = method.getParameterTypes();
    return IntStream.range(0, types.length)
        .allMatch(
            i ->
                (types[i] == String.class ? String.class : Long.class)
                    .isInstance(arguments.get(i)));
  }

  private static Optional<Condition.Value> value(
      Class<?> type, Method method, List<Object> arguments) {
    if (!accepts(method, arguments)) {
      return Optional.empty();
    }
    boolean truth = method.getReturnType() == boolean.class;
    List<Class<?>> types = List.of(method.getParameterTypes());
    if (types.isEmpty()) {
      if (truth) {
        Truth read = spin(Truth.class, type, method);
        return Optional.of((fact, results) -> asNumber(read.of(fact)));
      }
      Quantity read = spin(Quantity.class, type, method);
      return Optional.of((fact, results) -> read.of(fact));
    }
    if (types.equals(List.of(String.class))) {
      String first = (String) arguments.get(0);
      if (truth) {
        TruthOfText read = spin(TruthOfText.class, type, method);
        return Optional.of((fact, results) -> asNumber(read.of(fact, first)));
      }
      NumberOfText read = spin(NumberOfText.class, type, method);
      return Optional.of((fact, results) -> read.of(fact, first));
    }
    if (types.equals(List.of(String.class, String.class))) {
      String first = (String) arguments.get(0);
      String second = (String) arguments.get(1);
      if (truth) {
        TruthOfTexts read = spin(TruthOfTexts.class, type, method);
        return Optional.of((fact, results) -> asNumber(read.of(fact, first, second)));
      }
      NumberOfTexts read = spin(NumberOfTexts.class, type, method);
      return Optional.of((fact, results) -> read.of(fact, first, second));
    }
    if (truth && types.equals(List.of(int.class, String.class))) {
      int first = ((Long) arguments.get(0)).intValue();
      String second = (String) arguments.get(1);
      TruthOfCount read = spin(TruthOfCount.class, type, method);
      return Optional.of((fact, results) -> asNumber(read.of(fact, first, second)));
    }
    return Optional.empty();
  }

  private static double asNumber(boolean truth) {
    return truth ? 1 : 0;
  }

  /** Makes an instance of a functional interface that calls a fact's method. */
  private static <T> T spin(Class<T> shape, Class<?> fact, Method method) {
    try {
      Method of = shape.getDeclaredMethods()[0];
      MethodHandle handle = LOOKUP.unreflect(method);
      MethodType erased = MethodType.methodType(of.getReturnType(), of.getParameterTypes());
      CallSite site =
          LambdaMetafactory.metafactory(
              LOOKUP,
              of.getName(),
              MethodType.methodType(shape),
              erased,
              handle,
              erased.changeParameterType(0, fact));
      return shape.cast(site.getTarget().invoke());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot call " + method, e);
    }
  }

  private interface TextProperty {
    String of(SessionFact fact);
  }

  private interface Truth {
    boolean of(SessionFact fact);
  }

  private interface Quantity {
    double of(SessionFact fact);
  }

  private interface TruthOfText {
    boolean of(SessionFact fact, String text);
  }

  private interface NumberOfText {
    double of(SessionFact fact, String text);
  }

  private interface TruthOfTexts {
    boolean of(SessionFact fact, String first, String second);
  }

  private interface NumberOfTexts {
    double of(SessionFact fact, String first, String second);
  }

  private interface TruthOfCount {
    boolean of(SessionFact fact, int count, String text);
  }
}
