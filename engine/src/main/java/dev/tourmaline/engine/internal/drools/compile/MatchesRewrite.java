package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.fact.BoundedRegex;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rewrites the operator {@code matches} in conditions to a call of {@link BoundedRegex}. An operand
 * reaches to the next operator that binds less; a comparison without a left operand borrows that of
 * the one before; a binding moves to a constraint of its own.
 */
final class MatchesRewrite {

  private static final String CALL = BoundedRegex.class.getName() + ".";

  /** What ends an operand, besides brackets. */
  private static final Set<String> LOOSER =
      Set.of(
          "&&",
          "||",
          ",",
          ";",
          ":",
          "?",
          "=",
          "==",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "&",
          "|",
          "^",
          "and",
          "or",
          "matches",
          "contains",
          "in",
          "str",
          "memberOf",
          "soundslike",
          "excludes");

  private static final Set<String> CONNECTIVES = Set.of("&&", "||", "(", "!", "and", "or");

  private final DrlFile file;
  private final List<DrlToken> tokens;
  private final TextEdits edits;

  MatchesRewrite(DrlFile file, List<DrlToken> conditions, TextEdits edits) {
    this.file = file;
    this.tokens = conditions;
    this.edits = edits;
  }

  void rewrite() {
    int[] operators =
        IntStream.range(1, Math.max(1, tokens.size() - 1))
            .filter(this::isOperator)
            .filter(i -> !edits.replaces(tokens.get(i).start()))
            .toArray();
    // What goes to the head of a constraint goes before what stands there.
    for (int operator : operators) {
      moveBinding(is(operator - 1, "not") ? operator - 1 : operator);
    }
    for (int operator : operators) {
      rewrite(operator);
    }
  }

  private void moveBinding(int operator) {
    int from = operandStart(operator);
    if (from == operator || !is(from - 1, ":") || is(from - 2, ")")) {
      return;
    }
    int head = constraintStart(from - 2);
    if (head < 0) {
      return;
    }
    int variable = tokens.get(from - 2).start();
    edits.insert(tokens.get(head).start(), text(from - 2, operator) + ", ");
    edits.replace(variable, tokens.get(from).start(), "");
  }

  /** Where the constraint of a pattern begins in which a token stands; negative for none. */
  private int constraintStart(int at) {
    int nesting = 0;
    for (int i = at - 1; i >= 0; i--) {
      DrlToken token = tokens.get(i);
      if (token.closes()) {
        nesting++;
      } else if (token.opens() && nesting > 0) {
        nesting--;
      } else if (token.is("?")) {
        return -1;
      } else if (nesting == 0 && (token.is(",") || token.is(";") || isPattern(i))) {
        return i + 1;
      }
    }
    return -1;
  }

  private boolean isPattern(int open) {
    return is(open, "(") && open > 0 && tokens.get(open - 1).kind() == DrlToken.Kind.WORD;
  }

  /** The texts in quotes that stand on the right of the operator. */
  static List<DrlToken> literals(DrlFile file, List<DrlToken> conditions) {
    MatchesRewrite reader = new MatchesRewrite(file, conditions, new TextEdits(file.text));
    return IntStream.range(1, Math.max(1, conditions.size() - 1))
        .filter(i -> reader.isOperator(i) && reader.isLiteral(i + 1, reader.operandEnd(i + 1)))
        .mapToObj(i -> conditions.get(i + 1))
        .toList();
  }

  private boolean isOperator(int at) {
    DrlToken token = tokens.get(at);
    if (!token.is("matches") || token.kind() != DrlToken.Kind.WORD || is(at - 1, ".")) {
      return false;
    }
    boolean borrows = CONNECTIVES.contains(tokens.get(at - 1).text());
    boolean call = is(at + 1, "(") && (borrows || is(at - 1, ","));
    return !is(at + 1, ".") && !(call && (is(at - 1, ",") || file.functions.contains("matches")));
  }

  private void rewrite(int at) {
    boolean negated = is(at - 1, "not");
    int operator = negated ? at - 1 : at;
    int end = operandEnd(at + 1);
    int from = operandStart(operator);
    boolean borrows = from == operator;
    int lender = borrows ? lender(operator) : operator;
    int lent = borrows ? operandStart(lender) : from;
    if (end == at + 1 || lent >= lender) {
      return;
    }
    String function = negated && isLiteral(at + 1, end) ? "mismatches(" : "matches(";
    String call = (negated && !isLiteral(at + 1, end) ? "!" : "") + CALL + function;
    int rightStart = tokens.get(at + 1).start();
    if (borrows) {
      edits.replace(tokens.get(operator).start(), rightStart, call + text(lent, lender) + ", ");
    } else {
      edits.insert(tokens.get(from).start(), call);
      edits.replace(tokens.get(operator - 1).end(), rightStart, ", ");
    }
    edits.insert(tokens.get(end - 1).end(), ")");
  }

  private boolean isLiteral(int from, int to) {
    return to == from + 1 && tokens.get(from).kind() == DrlToken.Kind.STRING;
  }

  /**
   * The operator whose left operand the comparison at a token borrows; the token if there is none.
   */
  private int lender(int operator) {
    int nesting = 0;
    for (int i = operator - 1; i > 0; i--) {
      DrlToken token = tokens.get(i);
      if (token.closes()) {
        nesting++;
      } else if (token.opens() && nesting > 0) {
        nesting--;
      } else if (nesting == 0 && (token.is(",") || token.is(";"))) {
        return operator;
      } else if (nesting == 0 && isComparison(i)) {
        int before = is(i - 1, "not") ? i - 1 : i;
        if (operandStart(before) < before) {
          return before;
        }
      }
    }
    return operator;
  }

  private boolean isComparison(int at) {
    DrlToken token = tokens.get(at);
    boolean connects = CONNECTIVES.contains(token.text()) || token.is(":") || token.is("?");
    return !connects && token.kind() != DrlToken.Kind.STRING && LOOSER.contains(token.text());
  }

  private int operandStart(int to) {
    int nesting = 0;
    int at = to - 1;
    for (; at >= 0; at--) {
      DrlToken token = tokens.get(at);
      if (token.closes()) {
        nesting++;
      } else if (token.opens() && --nesting < 0) {
        break;
      } else if (nesting == 0 && ends(token)) {
        break;
      }
    }
    return at + 1;
  }

  private int operandEnd(int from) {
    int nesting = 0;
    int at = from;
    for (; at < tokens.size(); at++) {
      DrlToken token = tokens.get(at);
      if (token.opens()) {
        nesting++;
      } else if (token.closes() && --nesting < 0) {
        break;
      } else if (nesting == 0 && ends(token)) {
        break;
      }
    }
    return at;
  }

  private static boolean ends(DrlToken token) {
    return token.kind() != DrlToken.Kind.STRING && LOOSER.contains(token.text());
  }

  private String text(int from, int to) {
    String written = file.text.substring(tokens.get(from).start(), tokens.get(to - 1).end());
    return written.contains("\n") || written.contains("/*")
        ? tokens.subList(from, to).stream().map(DrlToken::text).collect(Collectors.joining(" "))
        : written;
  }

  private boolean is(int at, String text) {
    return at >= 0 && at < tokens.size() && tokens.get(at).is(text);
  }
}
