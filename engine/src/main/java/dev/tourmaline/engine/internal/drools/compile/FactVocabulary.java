package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.rule.NearestName;
import dev.tourmaline.engine.rule.Tours;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Resolves the names of fact types in rule files, and suggests known ones. */
final class FactVocabulary {

  static final String TOURS = Tours.class.getName();
  static final String TOURS_NAME = "tours";

  private static final Set<String> ELEMENTS =
      Set.of("exists", "not", "forall", "accumulate", "eval");

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
    Set<String> known = new TreeSet<>(PredicateTable.facts());
    known.addAll(ELEMENTS);
    return "there is no fact '%s'%s Facts are %s."
        .formatted(
            name, NearestName.ending(name, known), String.join(", ", PredicateTable.facts()));
  }

  /** Ends a sentence about an unknown word: the known one that is meant, or else all there are. */
  static String ending(String name, PredicateTable fact) {
    String ending = NearestName.ending(name, fact.words());
    return ending.equals(".") ? ". " + fact.listed() : ending;
  }
}
