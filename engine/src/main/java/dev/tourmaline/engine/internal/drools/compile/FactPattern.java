package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.AbsenceWindow;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern on a fact of the engine, as it stands in a rule's conditions.
 *
 * @param fact the fact's simple name
 * @param type the token of its type
 * @param open the offset behind its opening parenthesis
 * @param constraints what stands in the parentheses
 * @param positional whether it uses positional arguments, which these facts lack
 * @param binding the variable it is bound to, or empty text
 */
record FactPattern(
    String fact,
    DrlToken type,
    int open,
    List<Constraint> constraints,
    boolean positional,
    String binding) {

  /** One constraint between commas. */
  record Constraint(List<DrlToken> tokens, String text) {

    int start() {
      return tokens.get(0).start();
    }

    int end() {
      return tokens.get(tokens.size() - 1).end();
    }

    int line() {
      return tokens.get(0).line();
    }

    /** The line on which a word stands, or the first line. */
    int lineOf(String word) {
      return tokens.stream()
          .filter(token -> token.text().equals(word))
          .findFirst()
          .map(DrlToken::line)
          .orElse(line());
    }

    boolean binds() {
      return tokens.size() > 1 && tokens.get(1).is(":");
    }

    ConstraintExpression expression() {
      return ConstraintExpression.parse(text);
    }
  }

  /**
   * The window over which it claims that something did not happen, as rules write it; empty if it
   * claims nothing or asks for itself whether the stream was seen.
   */
  Optional<String> absenceWindow() {
    return AbsenceWindow.of(fact, constraints.stream().map(Constraint::expression).toList());
  }

  /** All such patterns of a rule, in the order in which they are written. */
  static List<FactPattern> of(RuleText rule) {
    List<FactPattern> patterns = new ArrayList<>();
    List<DrlToken> tokens = rule.conditions();
    int end = tokens.size();
    for (int i = 0; i < end; i++) {
      DrlToken token = tokens.get(i);
      boolean called = i + 1 < end && tokens.get(i + 1).is("(");
      if (token.kind() == DrlToken.Kind.WORD && called) {
        int from = qualifiedFrom(tokens, i);
        StringBuilder written = new StringBuilder();
        tokens.subList(from, i + 1).forEach(part -> written.append(part.text()));
        int at = i;
        FactVocabulary.factNamed(written.toString(), rule.file())
            .ifPresent(fact -> patterns.add(read(rule, tokens, fact, from, at)));
      }
    }
    return List.copyOf(patterns);
  }

  private static int qualifiedFrom(List<DrlToken> tokens, int at) {
    int from = at;
    while (from >= 2 && tokens.get(from - 1).is(".")) {
      from -= 2;
    }
    return from;
  }

  private static FactPattern read(
      RuleText rule, List<DrlToken> tokens, String fact, int from, int at) {
    List<Constraint> constraints = new ArrayList<>();
    boolean positional = false;
    int nesting = 0;
    int begin = at + 2;
    int i = at + 1;
    for (; i < tokens.size(); i++) {
      DrlToken token = tokens.get(i);
      if (token.opens()) {
        nesting++;
      } else if (token.closes()) {
        nesting--;
      }
      boolean closed = nesting == 0;
      positional |= nesting == 1 && token.is(";");
      if (closed || (nesting == 1 && token.is(","))) {
        if (begin < i) {
          constraints.add(constraint(rule, tokens.subList(begin, i)));
        }
        begin = i + 1;
      }
      if (closed) {
        break;
      }
    }
    boolean bound = from >= 2 && tokens.get(from - 1).is(":");
    return new FactPattern(
        fact,
        tokens.get(at),
        tokens.get(at + 1).end(),
        List.copyOf(constraints),
        positional,
        bound ? tokens.get(from - 2).text() : "");
  }

  private static Constraint constraint(RuleText rule, List<DrlToken> tokens) {
    int start = tokens.get(0).start();
    int end = tokens.get(tokens.size() - 1).end();
    return new Constraint(tokens, rule.file().text.substring(start, end));
  }
}
