package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Derives how long an event-pattern rule needs the facts it matched: the sum of the time spans that
 * its conditions name, since one may follow on another, and the life of what it derives from them.
 */
final class Retention {

  /** A session's longest life: the bound where a rule names none. */
  static final Duration UNBOUNDED = Duration.ofHours(24);

  /** These relate a fact to one at any distance in time unless they are given a span. */
  private static final Set<String> ORDERS = Set.of("after", "before");

  private static final Set<String> RELATIONS =
      Set.of(
          "coincides",
          "during",
          "finishes",
          "finishedby",
          "includes",
          "meets",
          "metby",
          "overlaps",
          "overlappedby",
          "starts",
          "startedby");

  private Retention() {}

  static Duration of(LoadedRule rule) {
    if (rule.isStep()) {
      return Duration.ZERO;
    }
    Duration whole = span(rule).orElse(UNBOUNDED).plus(rule.derivedLife());
    return whole.compareTo(UNBOUNDED) < 0 ? whole : UNBOUNDED;
  }

  /** The span; empty if the rule does not bound it. */
  static Optional<Duration> span(LoadedRule rule) {
    List<DrlToken> tokens = rule.text.conditions();
    Duration sum = Duration.ZERO;
    boolean bounded = rule.patterns.size() < 2;
    for (int i = 0; i < tokens.size(); i++) {
      DrlToken token = tokens.get(i);
      boolean order = ORDERS.contains(token.text()) && isOperator(tokens, i);
      boolean relation = RELATIONS.contains(token.text()) && isOperator(tokens, i);
      boolean window =
          token.is("time") && i >= 2 && tokens.get(i - 1).is(":") && tokens.get(i - 2).is("window");
      if (!order && !relation && !window) {
        continue;
      }
      Optional<Duration> longest = longest(tokens, i + 1, order);
      if (longest.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(longest.get());
      bounded = true;
    }
    boolean shorter = bounded && sum.compareTo(UNBOUNDED) < 0;
    return shorter ? Optional.of(sum) : Optional.empty();
  }

  private static boolean isOperator(List<DrlToken> tokens, int at) {
    return at > 0
        && tokens.get(at).kind() == DrlToken.Kind.WORD
        && tokens.get(at - 1).kind() == DrlToken.Kind.WORD
        && at + 1 < tokens.size()
        && !tokens.get(at + 1).is("(");
  }

  /** The longest span in the parentheses that open at a token; empty without one. */
  static Optional<Duration> longest(List<DrlToken> tokens, int open) {
    return longest(tokens, open, false).filter(span -> !span.isZero());
  }

  /** The longest span in the brackets that open at a token. */
  private static Optional<Duration> longest(List<DrlToken> tokens, int open, boolean order) {
    if (open >= tokens.size() || !tokens.get(open).opens()) {
      return order ? Optional.empty() : Optional.of(Duration.ZERO);
    }
    Duration longest = Duration.ZERO;
    int values = 0;
    for (int i = open + 1; i < tokens.size() && !tokens.get(i).closes(); i++) {
      DrlToken token = tokens.get(i);
      if (token.is("*")) {
        return Optional.empty();
      }
      if (token.kind() == DrlToken.Kind.NUMBER) {
        values++;
        Duration span = duration(token.text());
        longest = span.compareTo(longest) > 0 ? span : longest;
      }
    }
    return order && values < 2 ? Optional.empty() : Optional.of(longest);
  }

  private static Duration duration(String text) {
    return Windows.parse(text)
        .orElseGet(
            () -> {
              try {
                return Duration.ofMillis(Long.parseLong(text));
              } catch (NumberFormatException e) {
                return UNBOUNDED;
              }
            });
  }
}
