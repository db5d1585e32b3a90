package dev.tourmaline.engine.internal.drools.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A pattern on a fact of the engine, as its author wrote it.
 *
 * @param factType the fact's simple name, such as {@code Action}
 * @param line its line
 * @param constraints what stands between the commas of its parentheses; read them with {@link
 *     ConstraintExpression#parse}
 * @param negated whether it stands under {@code not}, or in a {@code forall}
 * @param binding the variable it is bound to, or empty text
 * @param extra what makes it more than a pattern: {@code window}, {@code from}, {@code accumulate},
 *     {@code exists}, {@code or}, several separated by spaces; or empty text
 * @param span how long after a fact that it matched the last one may come that completes the match;
 *     empty where the rule does more than join actions
 * @param reads the texts that the rule may read of an action that it matched, also later, as bits
 *     of {@link dev.tourmaline.engine.internal.fact.ActionText}
 */
public record PatternText(
    String factType,
    int line,
    List<String> constraints,
    boolean negated,
    String binding,
    String extra,
    Optional<Duration> span,
    int reads) {

  /** Copies the constraints. */
  public PatternText {
    constraints = List.copyOf(constraints);
  }
}
