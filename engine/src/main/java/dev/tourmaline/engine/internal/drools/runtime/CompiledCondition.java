package dev.tourmaline.engine.internal.drools.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.drools.model.functions.PredicateInformation;

/** Maps a compiled condition to its rule, which Drools names in the generated class. */
final class CompiledCondition {

  private CompiledCondition() {}

  /** The rule of a generated condition class; empty for any other class. */
  static Optional<String> ruleOf(String className, ClassLoader classes) {
    if (!className.contains("LambdaPredicate")) {
      return Optional.empty();
    }
    try {
      Class<?> condition = Class.forName(className, false, classes);
      Object instance = condition.getField("INSTANCE").get(null);
      Object information = condition.getMethod("predicateInformation").invoke(instance);
      Map<String, Set<String>> rules = ((PredicateInformation) information).getRuleNameMap();
      return rules.values().stream().flatMap(Set::stream).findFirst();
    } catch (ReflectiveOperationException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
