package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.rule.Tours;
import java.util.Optional;

/** How rule files name fact types and the global through which they offer tours. */
final class FactVocabulary {

  static final String TOURS = Tours.class.getName();
  static final String TOURS_NAME = "tours";

  private FactVocabulary() {}

  /** The fact type that a simple or qualified name in the file stands for. */
  static Optional<String> factNamed(String written, DrlFile file) {
    String simple = written.substring(written.lastIndexOf('.') + 1);
    return PredicateTable.of(simple)
        .map(known -> known.type().getName())
        .filter(
            type ->
                written.equals(simple)
                    ? !file.defines(simple) || file.imports(type)
                    : written.equals(type))
        .map(type -> simple);
  }

  static boolean isMisspelt(String name) {
    return !PredicateTable.facts().contains(name)
        && NearestName.to(name, PredicateTable.facts()).isPresent();
  }

  /** Says that there is no such fact, and which there are. */
  static String unknown(String name) {
    return "there is no fact '%s'%s Facts are %s."
        .formatted(
            name,
            NearestName.ending(name, PredicateTable.facts()),
            String.join(", ", PredicateTable.facts()));
  }
}
