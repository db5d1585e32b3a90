package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the tokens of a value that the constraint parser leaves opaque. */
final class OpaqueValueCheck {

  private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");

  private OpaqueValueCheck() {}

  /** {@return what is wrong; empty if nothing is for sure} */
  static Optional<String> fault(String text, PredicateTable fact, Set<String> variables) {
    List<DrlToken> tokens = DrlToken.scan(text);
    if (tokens.size() < 2) {
      return Optional.empty();
    }
    DrlToken first = tokens.get(0);
    DrlToken second = tokens.get(1);
    boolean truth =
        fact.property(second.text()).filter(it -> it.getReturnType() != boolean.class).isEmpty();
    if (first.is("!") && tokens.size() == 2 && !truth) {
      return Optional.of(
          "'!' negates a truth, and '%s' is none; write '!=', or '!( ... )' around the comparison"
              .formatted(second.text()));
    }
    if (orders(tokens) > 1) {
      return Optional.of("a condition compares once; write two, joined by a comma or '&&'");
    }
    boolean owner = first.kind() == DrlToken.Kind.WORD && second.is(".") && !first.is("this");
    boolean known =
        variables.contains(first.text())
            || fact.property(first.text()).isPresent()
            || tokens.stream().anyMatch(OpaqueValueCheck::isType);
    return owner && !known && !first.text().startsWith("$")
        ? Optional.of(
            "'%s' is not known here; a fact's own words stand alone, as in path == \"/a\""
                .formatted(first.text()))
        : Optional.empty();
  }

  private static boolean isType(DrlToken token) {
    return token.kind() == DrlToken.Kind.WORD && Character.isUpperCase(token.text().charAt(0));
  }

  private static long orders(List<DrlToken> tokens) {
    int nesting = 0;
    int orders = 0;
    for (DrlToken token : tokens) {
      nesting += token.opens() ? 1 : token.closes() ? -1 : 0;
      orders += nesting == 0 && ORDERS.contains(token.text()) ? 1 : 0;
    }
    return orders;
  }
}
