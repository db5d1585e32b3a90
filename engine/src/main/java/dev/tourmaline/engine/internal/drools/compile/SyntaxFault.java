package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Says in an author's words why a rule does not parse. */
final class SyntaxFault {

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
    Deque<DrlToken> open = new ArrayDeque<>();
    for (DrlToken token : rule.conditions()) {
      if (token.opens()) {
        open.push(token);
      } else if (token.closes() && (open.isEmpty() || !matches(open.pop(), token))) {
        report(token.line(), "'" + token.text() + "' closes nothing that was opened");
        return true;
      }
    }
    if (open.isEmpty()) {
      return false;
    }
    DrlToken unclosed = open.peek();
    report(unclosed.line(), "'" + unclosed.text() + "' is never closed");
    return true;
  }

  private static boolean matches(DrlToken open, DrlToken close) {
    return switch (open.text()) {
      case "(" -> close.is(")");
      case "[" -> close.is("]");
      default -> close.is("}");
    };
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
    String message = "'" + token.text() + "' is not expected here";
    if (before.is("not")) {
      message += "; inside a pattern, negation is written '!'";
    } else if (token.is("=")) {
      message = "'=' does not compare; write '=='";
    } else if (endsValue(before) && beginsValue(token)) {
      message += "; is a comma or '&&' missing before it?";
    } else if (token.is(",") || token.closes()) {
      message += "; something is missing behind '" + before.text() + "'";
    }
    report(token.line(), message);
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
