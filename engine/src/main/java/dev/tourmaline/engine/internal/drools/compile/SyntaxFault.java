package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates a syntax error of Drools' parser for the rule's author. */
final class SyntaxFault {

  /** Identifiers that need not be a fact's. */
  private static final Set<String> KNOWN =
      Set.of(
          "this",
          "true",
          "false",
          "null",
          "new",
          "eval",
          "in",
          "not",
          "matches",
          "contains",
          "str",
          "startsWith",
          "endsWith",
          "after",
          "before");

  private final RuleText rule;
  private final SyntaxReader.Fault fault;
  private final Problems problems;
  private final List<DrlToken> tokens;

  private SyntaxFault(RuleText rule, SyntaxReader.Fault fault, Problems problems) {
    this.rule = rule;
    this.fault = fault;
    this.problems = problems;
    this.tokens = rule.file().tokens.subList(rule.from(), rule.to());
  }

  static void explain(RuleText rule, SyntaxReader.Fault fault, Problems problems) {
    new SyntaxFault(rule, fault, problems).explain();
  }

  private void explain() {
    if (rule.name().isEmpty()) {
      report(rule.line(), "a rule needs a name in quotes, such as rule \"Billing revisited\"");
    } else if (!explainQuotes() && !explainParentheses() && !explainParts()) {
      explainToken();
    }
  }

  private boolean explainQuotes() {
    for (DrlToken token : tokens) {
      if (token.is("\"") || token.is("'")) {
        report(token.line(), "the text that begins here is not closed by a quote");
        return true;
      }
    }
    return false;
  }

  private boolean explainParentheses() {
    Optional<Brackets.Fault> wrong = Brackets.fault(rule.conditions());
    wrong.ifPresent(it -> report(it.token().line(), it.message()));
    return wrong.isPresent();
  }

  private boolean explainParts() {
    if (!rule.hasEnd()) {
      report(tokens.get(tokens.size() - 1).line(), "the rule has no 'end'");
      return true;
    }
    if (!rule.hasWhen()) {
      report(
          fault.line(),
          fault.found().isEmpty()
              ? "the rule has no 'when'"
              : "'when' is expected here, not '" + fault.found() + "'");
      return true;
    }
    if (!rule.hasThen()) {
      report(rule.file().tokens.get(rule.end()).line(), "the rule has no 'then' before its 'end'");
      return true;
    }
    return false;
  }

  private void explainToken() {
    int at = position();
    if (at < 0) {
      report(
          Math.max(fault.line(), rule.line()),
          fault.found().isEmpty()
              ? "the rule cannot be read"
              : "'" + fault.found() + "' is not expected here");
      return;
    }
    DrlToken token = tokens.get(at);
    DrlToken before = tokens.get(Math.max(0, at - 1));
    Optional<PredicateTable> fact = factAround(token);
    String message = "'" + token.text() + "' is not expected here";
    if (at == 2 && token.kind() == DrlToken.Kind.WORD) {
      message = "the rule's name needs quotes: \"" + before.text() + " " + token.text() + "\"";
    } else if (FactVocabulary.factNamed(before.text(), rule.file()).isPresent()) {
      message = "conditions stand in parentheses: " + before.text() + "( ... )";
    } else if (fact.isPresent() && (token.is("in") || before.is("in"))) {
      message = "'in' takes its values in parentheses, such as path in (\"/a\", \"/b\")";
    } else if (fact.isPresent()
        && (isUnknown(token, fact.get()) || isUnknown(before, fact.get()))) {
      DrlToken unknown = isUnknown(token, fact.get()) ? token : before;
      message =
          "'%s' is not known here; values are compared by ==, !=, <, <=, >, >=, in, matches,"
                  .formatted(unknown.text())
              + " contains, str[startsWith] and str[endsWith]";
    } else if (fact.isPresent() && token.kind() == DrlToken.Kind.STRING && isMember(at - 1)) {
      message = "'%s' takes its value in parentheses: %s(%s)";
      message = message.formatted(before.text(), before.text(), token.text());
    } else if (fact.isPresent() && endsValue(before) && beginsValue(token)) {
      message += "; is a comma or '&&' missing before it?";
    } else if (token.is(",") || token.closes() || token.is("then")) {
      message += "; something is missing behind '" + before.text() + "'";
    } else if (token.text().charAt(0) > '~' && token.kind() == DrlToken.Kind.SYMBOL) {
      message += "; such characters stand in quotes only";
    }
    report(token.line(), message);
  }

  private Optional<PredicateTable> factAround(DrlToken token) {
    return FactPattern.of(rule).stream()
        .filter(pattern -> pattern.constraints().stream().anyMatch(c -> c.tokens().contains(token)))
        .flatMap(pattern -> PredicateTable.of(pattern.fact()).stream())
        .findFirst();
  }

  private static boolean isUnknown(DrlToken token, PredicateTable fact) {
    return token.kind() == DrlToken.Kind.WORD
        && !token.text().startsWith("$")
        && !KNOWN.contains(token.text())
        && !fact.words().contains(token.text());
  }

  private boolean isMember(int at) {
    return at > 0 && tokens.get(at - 1).is(".");
  }

  private static boolean endsValue(DrlToken token) {
    return token.kind() != DrlToken.Kind.SYMBOL || token.is(")");
  }

  private static boolean beginsValue(DrlToken token) {
    return token.kind() != DrlToken.Kind.SYMBOL || token.is("!");
  }

  /** The index of the token at which the parser gave up, or -1. */
  private int position() {
    String text = rule.file().text;
    for (int i = 0; i < tokens.size(); i++) {
      DrlToken token = tokens.get(i);
      int column = token.start() - text.lastIndexOf('\n', token.start()) - 1;
      if (token.line() == fault.line() && column == fault.column()) {
        return i;
      }
    }
    return -1;
  }

  private void report(int line, String message) {
    problems.error(rule, line, message);
  }
}
