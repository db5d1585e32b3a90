package dev.tourmaline.engine.internal.drools.compile;

import static java.util.Map.entry;

import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.DrlToken.Kind;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/** The error recovery pass over one constraint: operators, literals and paths. */
final class ConstraintRecovery {

  private static final Map<String, String> COMPARISONS =
      Map.ofEntries(
          entry("=", "=="),
          entry("===", "=="),
          entry(":=", "=="),
          entry("is", "=="),
          entry("=<", "<="),
          entry("≤", "<="),
          entry("=>", ">="),
          entry("≥", ">="),
          entry("<>", "!="),
          entry("!==", "!="),
          entry("≠", "!="),
          entry("startsWith", "str[startsWith]"),
          entry("endsWith", "str[endsWith]"));

  private static final Map<String, String> CONNECTIVES =
      Map.of("and", "&&", "AND", "&&", "&", "&&", "or", "||", "OR", "||", "|", "||");

  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          entry("True", "true"),
          entry("TRUE", "true"),
          entry("yes", "true"),
          entry("False", "false"),
          entry("FALSE", "false"),
          entry("no", "false"),
          entry("None", "\"\""),
          entry("NULL", "\"\""),
          entry("nil", "\"\""),
          entry("undefined", "\"\""),
          entry("&amp;", "&&"),
          entry("&amp;&amp;", "&&"),
          entry("&lt;", "<"),
          entry("&lt;=", "<="),
          entry("&gt;=", ">="),
          entry("&gt;", ">"),
          entry("–", "-"),
          entry("−", "-"));

  /** Of how many tokens the longest of these is made: an escaped and-and. */
  private static final int LONGEST = 6;

  private static final Set<String> ORDERS = Set.of("after", "before");
  private final RuleText rule;
  private final String fact;
  private final TokenRow row;
  private final Set<String> variables;
  private final SyntaxRecovery recovery;

  ConstraintRecovery(
      RuleText rule,
      FactPattern pattern,
      FactPattern.Constraint constraint,
      Set<String> variables,
      SyntaxRecovery recovery) {
    this.rule = rule;
    this.fact = pattern.fact();
    this.row = new TokenRow(constraint.tokens());
    this.variables = variables;
    this.recovery = recovery;
  }

  void correct() {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < row.size(); i++) {
      DrlToken token = row.at(i);
      if (token.opens()) {
        open.push(i);
      } else if (token.closes() && !open.isEmpty()) {
        open.pop();
      }
      if (token.kind() == Kind.NUMBER) {
        number(i, open);
      } else if (token.kind() == Kind.STRING && isSpan(open) && isDuration(token.unquoted())) {
        String right = token.unquoted();
        correct(token, right, "in brackets, a duration stands without quotes: " + right);
      } else if (ORDERS.contains(token.text()) && i > 0 && row.at(i + 1).is("(")) {
        span(i);
      } else if (token.kind() != Kind.STRING && !row.at(i - 1).is(".")) {
        i += word(i, open.isEmpty()) - 1;
      }
    }
  }

  /** Checks a word or symbol; {@return how many tokens it took} */
  private int word(int i, boolean outside) {
    DrlToken token = row.at(i);
    for (int count = LONGEST; count > 0; count--) {
      String text = row.touching(i, count);
      DrlToken last = row.at(i + count - 1);
      if (COMPARISONS.containsKey(text) && compares(i, text)) {
        boolean not = text.equals("is") && row.at(i + 1).is("not");
        String right = not ? "!=" : COMPARISONS.get(text);
        recovery.correct(
            token,
            not ? row.at(i + 1) : last,
            right,
            "'%s' does not compare; write '%s'".formatted(not ? "is not" : text, right));
        return not ? 2 : count;
      }
      boolean known = variables.contains(text) || rule.file().defines(text);
      if (SPELLINGS.containsKey(text) && !known && !row.at(i + count).is("(")) {
        String right = SPELLINGS.get(text);
        recovery.correct(token, last, right, "'%s' is written '%s'".formatted(text, right));
        return count;
      }
      if (CONNECTIVES.containsKey(text) && (outside || count > 1 || !text.matches("[&|]"))) {
        String right = CONNECTIVES.get(text);
        correct(token, right, "inside a pattern, '%s' is written '%s'".formatted(text, right));
        return count;
      }
    }
    if (token.text().equalsIgnoreCase("not") && beginsTerm(i)) {
      negation(i);
    } else if (token.is("/") && (beginsTerm(i) || compares(row.at(i - 1)))) {
      return path(i);
    } else if (token.is(";") && i + 1 < row.size()) {
      correct(token, ",", "conditions are separated by commas, not by ';'");
    }
    return 1;
  }

  private boolean compares(int i, String text) {
    return switch (text) {
      // Unification is valid for a variable, never for a property.
      case "=" -> !row.at(i - 1).is(":");
      case ":=" -> !row.at(i - 1).text().startsWith("$");
      case "<>" -> !Character.isUpperCase(row.at(i - 1).text().charAt(0));
      case "is", "startsWith", "endsWith" ->
          i > 0 && !row.at(i - 1).is("[") && !beginsTerm(i) && !row.at(i + 1).is("(");
      default -> true;
    };
  }

  private static boolean compares(DrlToken token) {
    return Set.of("==", "!=", "<", "<=", ">", ">=", "=").contains(token.text());
  }

  private boolean beginsTerm(int i) {
    DrlToken before = row.at(i - 1);
    return i == 0
        || Set.of("(", ",", "&&", "||", "!", "and", "or", "AND", "OR", ";").contains(before.text());
  }

  private void negation(int i) {
    int nesting = 0;
    boolean comparison = false;
    int end = i + 1;
    for (; end < row.size(); end++) {
      DrlToken token = row.at(end);
      nesting += token.opens() ? 1 : token.closes() ? -1 : 0;
      boolean connective = CONNECTIVES.containsKey(token.text()) || token.is("&&");
      if (nesting < 0 || nesting == 0 && (connective || token.is("||") || token.is(","))) {
        break;
      }
      comparison |= nesting == 0 && (compares(token) || COMPARISONS.containsKey(token.text()));
    }
    if (comparison) {
      correct(row.at(i), "!(", "inside a pattern, negation is written '!( ... )'");
      recovery.edits().insert(row.at(end - 1).end(), ")");
    } else {
      correct(row.at(i), "!", "inside a pattern, negation is written '!'");
    }
  }

  private int path(int i) {
    int count = 1;
    while (row.at(i + count).start() == row.at(i + count - 1).end()
        && !row.at(i + count).closes()
        && !row.at(i + count).is(",")) {
      count++;
    }
    String text = row.touching(i, count);
    recovery.correct(
        row.at(i),
        row.at(i + count - 1),
        "\"" + text + "\"",
        "text needs quotes: \"" + text + "\"");
    return count;
  }

  /** {@code 10m} without quotes, or where a number is expected. */
  private void number(int i, Deque<Integer> open) {
    String text = row.at(i).text();
    int before = open.isEmpty() ? -1 : open.peek();
    if (isSpan(open) || !isDuration(text)) {
      return;
    }
    boolean window =
        PredicateTable.of(fact).orElseThrow().calls(row.at(before - 1).text()).stream()
            .anyMatch(PredicateTable::takesWindow);
    if (window) {
      correct(row.at(i), "\"" + text + "\"", "a duration needs quotes: \"" + text + "\"");
    } else if (!text.endsWith("d")) {
      long seconds = Windows.parse(text).map(Duration::toSeconds).orElse(0L);
      correct(
          row.at(i),
          String.valueOf(seconds),
          "'%s' is a duration, and a number is expected; in seconds it is %d"
              .formatted(text, seconds));
    }
  }

  /** Whether the innermost bracket is that of {@code after[0s,10m]}, closed or not. */
  private boolean isSpan(Deque<Integer> open) {
    return !open.isEmpty()
        && (row.at(open.peek()).is("[") || ORDERS.contains(row.at(open.peek() - 1).text()));
  }

  private static boolean isDuration(String text) {
    return text.matches("\\d+(ms|[smhd])");
  }

  private void span(int i) {
    int close = i + 1;
    while (close + 1 < row.size() && !row.at(close).closes()) {
      close++;
    }
    String right = row.at(i).text() + "[0s,10m]";
    correct(row.at(i + 1), "[", "'%s' takes brackets: %s".formatted(row.at(i).text(), right));
    recovery.edits().replace(row.at(close).start(), row.at(close).end(), "]");
  }

  private void correct(DrlToken token, String right, String message) {
    recovery.correct(token, token, right, message);
  }
}
