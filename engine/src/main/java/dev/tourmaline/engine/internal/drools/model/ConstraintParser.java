package dev.tourmaline.engine.internal.drools.model;

import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.In;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Not;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Opaque;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Or;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recursive parser that splits a constraint at its operators of lowest precedence, until values
 * are left. An unknown term becomes opaque alone; its siblings are parsed.
 */
final class ConstraintParser {

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "==", Operator.EQUAL,
          "!=", Operator.NOT_EQUAL,
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL,
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL,
          "matches", Operator.MATCHES,
          "contains", Operator.CONTAINS);

  private static final Map<Operator, Operator> MIRRORED =
      Map.of(
          Operator.EQUAL, Operator.EQUAL,
          Operator.NOT_EQUAL, Operator.NOT_EQUAL,
          Operator.LESS, Operator.GREATER,
          Operator.LESS_OR_EQUAL, Operator.GREATER_OR_EQUAL,
          Operator.GREATER, Operator.LESS,
          Operator.GREATER_OR_EQUAL, Operator.LESS_OR_EQUAL);

  private static final Set<String> RESERVED = Set.of("null", "this", "new", "true", "false");

  /** Deeper nesting is opaque: it must not overflow the stack. */
  private static final int DEEPEST = 100;

  private final String text;
  private final List<DrlToken> tokens;
  private int depth;

  ConstraintParser(String text) {
    this.text = text;
    this.tokens = DrlToken.scan(text);
  }

  ConstraintExpression parse() {
    List<Span> pieces = split(new Span(0, tokens.size()), ",");
    List<ConstraintExpression> terms = new ArrayList<>();
    for (Span piece : pieces) {
      terms.add(constraint(piece));
    }
    return terms.size() == 1 ? terms.get(0) : new And(List.copyOf(terms));
  }

  private ConstraintExpression constraint(Span span) {
    if (span.size() < 3 || !token(span, 1).is(":")) {
      return or(span, null);
    }
    ConstraintExpression bound = or(new Span(span.from + 2, span.to), null);
    if (bound instanceof Compare || bound instanceof In) {
      return bound;
    }
    boolean value = bound instanceof Property || bound instanceof Call || bound instanceof Literal;
    return value ? new Literal(true) : opaque(span);
  }

  private ConstraintExpression or(Span span, @Nullable ConstraintExpression subject) {
    if (depth > DEEPEST) {
      return opaque(span);
    }
    depth++;
    List<ConstraintExpression> terms = new ArrayList<>();
    ConstraintExpression left = subject;
    for (Span piece : split(span, "||")) {
      ConstraintExpression term = and(piece, left);
      left = subject(term, left);
      terms.add(term);
    }
    depth--;
    return terms.size() == 1 ? terms.get(0) : new Or(List.copyOf(terms));
  }

  private ConstraintExpression and(Span span, @Nullable ConstraintExpression subject) {
    List<ConstraintExpression> terms = new ArrayList<>();
    ConstraintExpression left = subject;
    for (Span piece : split(span, "&&")) {
      ConstraintExpression term = term(piece, left);
      left = subject(term, left);
      terms.add(term);
    }
    return terms.size() == 1 ? terms.get(0) : new And(List.copyOf(terms));
  }

  /** In {@code path == "/a" || == "/b"} the second comparison borrows the first one's left side. */
  private static @Nullable ConstraintExpression subject(
      ConstraintExpression term, @Nullable ConstraintExpression before) {
    return term instanceof Compare compare ? compare.left() : before;
  }

  private ConstraintExpression term(Span span, @Nullable ConstraintExpression subject) {
    if (span.size() == 0 || depth > DEEPEST) {
      return opaque(span);
    }
    Optional<Comparison> comparison = comparison(span);
    if (comparison.isPresent()) {
      return compare(span, comparison.get(), subject);
    }
    if (token(span, 0).is("!")) {
      depth++;
      ConstraintExpression term = term(new Span(span.from + 1, span.to), null);
      depth--;
      return new Not(term);
    }
    if (isEnclosed(span)) {
      return or(new Span(span.from + 1, span.to - 1), null);
    }
    return value(span);
  }

  private ConstraintExpression compare(
      Span span, Comparison comparison, @Nullable ConstraintExpression subject) {
    Span before = new Span(span.from, comparison.from);
    Span after = new Span(comparison.to, span.to);
    ConstraintExpression left = before.size() == 0 ? subject : value(before);
    if (left == null || after.size() == 0) {
      return opaque(span);
    }
    ConstraintExpression whole;
    Operator operator = comparison.operator;
    if (operator == null) {
      if (!isEnclosed(after)) {
        return opaque(span);
      }
      whole = new In(left, values(new Span(after.from + 1, after.to - 1)));
    } else {
      ConstraintExpression right = value(after);
      Operator mirrored = MIRRORED.get(operator);
      whole =
          mirrored != null && left instanceof Literal && !(right instanceof Literal)
              ? new Compare(right, mirrored, left)
              : new Compare(left, operator, right);
    }
    return comparison.negated ? new Not(whole) : whole;
  }

  private ConstraintExpression value(Span span) {
    if (span.size() == 0 || depth > DEEPEST) {
      return opaque(span);
    }
    if (isEnclosed(span)) {
      depth++;
      ConstraintExpression inner = value(new Span(span.from + 1, span.to - 1));
      depth--;
      return inner;
    }
    DrlToken first = token(span, 0);
    if (span.size() == 1) {
      return single(span, first);
    }
    if (first.is("-") && span.size() == 2) {
      return number("-" + token(span, 1).text()).orElseGet(() -> opaque(span));
    }
    if (first.is("this") && span.size() > 2 && token(span, 1).is(".")) {
      return value(new Span(span.from + 2, span.to));
    }
    boolean call =
        isName(first) && token(span, 1).is("(") && isEnclosed(new Span(span.from + 1, span.to));
    if (!call) {
      return opaque(span);
    }
    Span arguments = new Span(span.from + 2, span.to - 1);
    return arguments.size() == 0
        ? noArguments(first.text())
        : new Call(first.text(), values(arguments));
  }

  private ConstraintExpression single(Span span, DrlToken token) {
    return switch (token.kind()) {
      case STRING -> new Literal(token.unquoted());
      case NUMBER -> number(token.text()).orElseGet(() -> opaque(span));
      case WORD -> {
        if (token.is("true") || token.is("false")) {
          yield new Literal(Boolean.valueOf(token.text()));
        }
        yield isName(token) ? new Property(token.text()) : opaque(span);
      }
      case SYMBOL -> opaque(span);
    };
  }

  private List<ConstraintExpression> values(Span span) {
    depth++;
    List<ConstraintExpression> values = new ArrayList<>();
    for (Span piece : split(span, ",")) {
      values.add(value(piece));
    }
    depth--;
    return List.copyOf(values);
  }

  private static ConstraintExpression noArguments(String name) {
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
    if (prefix == 0 || name.length() == prefix || !Character.isUpperCase(name.charAt(prefix))) {
      return new Call(name, List.of());
    }
    return new Property(Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1));
  }

  private static Optional<ConstraintExpression> number(String text) {
    String digits = text.replace("_", "");
    String plain = digits.replaceFirst("[lLdDfF]$", "");
    try {
      return Optional.of(new Literal(Long.valueOf(plain)));
    } catch (NumberFormatException notWhole) {
      try {
        return Optional.of(new Literal(Double.valueOf(plain)));
      } catch (NumberFormatException notDecimal) {
        return Optional.empty();
      }
    }
  }

  /** The only comparison outside parentheses, if there is exactly one. */
  private Optional<Comparison> comparison(Span span) {
    Comparison found = null;
    int nesting = 0;
    for (int i = span.from; i < span.to; i++) {
      DrlToken token = tokens.get(i);
      if (token.opens()) {
        nesting++;
      } else if (token.closes()) {
        nesting--;
      } else if (nesting == 0) {
        Comparison here = comparisonAt(span, i);
        if (here != null) {
          if (found != null) {
            return Optional.empty();
          }
          found = here;
          i = here.to - 1;
        }
      }
    }
    return Optional.ofNullable(found);
  }

  private @Nullable Comparison comparisonAt(Span span, int i) {
    DrlToken token = tokens.get(i);
    boolean member = i > span.from && tokens.get(i - 1).is(".");
    if (token.kind() == DrlToken.Kind.STRING || member) {
      return null;
    }
    boolean negated = token.is("not") && i + 1 < span.to;
    int at = negated ? i + 1 : i;
    DrlToken operator = tokens.get(at);
    if (operator.is("in")) {
      return new Comparison(i, at + 1, null, negated);
    }
    Operator known = OPERATORS.get(operator.text());
    if (known != null && operator.kind() != DrlToken.Kind.STRING) {
      return new Comparison(i, at + 1, known, negated);
    }
    boolean bracketed = operator.is("str") && at + 3 < span.to && tokens.get(at + 1).is("[");
    if (bracketed && tokens.get(at + 2).is("startsWith")) {
      return new Comparison(i, at + 4, Operator.STARTS_WITH, negated);
    }
    if (bracketed && tokens.get(at + 2).is("endsWith")) {
      return new Comparison(i, at + 4, Operator.ENDS_WITH, negated);
    }
    return null;
  }

  private List<Span> split(Span span, String separator) {
    List<Span> pieces = new ArrayList<>();
    int nesting = 0;
    int from = span.from;
    for (int i = span.from; i < span.to; i++) {
      DrlToken token = tokens.get(i);
      if (token.opens()) {
        nesting++;
      } else if (token.closes()) {
        nesting--;
      } else if (nesting == 0 && token.is(separator)) {
        pieces.add(new Span(from, i));
        from = i + 1;
      }
    }
    pieces.add(new Span(from, span.to));
    return pieces;
  }

  private boolean isEnclosed(Span span) {
    if (span.size() < 2 || !token(span, 0).is("(")) {
      return false;
    }
    int nesting = 0;
    for (int i = span.from; i < span.to; i++) {
      if (tokens.get(i).opens()) {
        nesting++;
      } else if (tokens.get(i).closes() && --nesting == 0) {
        return i == span.to - 1 && tokens.get(i).is(")");
      }
    }
    return false;
  }

  private static boolean isName(DrlToken token) {
    return token.kind() == DrlToken.Kind.WORD
        && !token.text().startsWith("$")
        && !RESERVED.contains(token.text());
  }

  private DrlToken token(Span span, int offset) {
    return tokens.get(span.from + offset);
  }

  private ConstraintExpression opaque(Span span) {
    if (span.size() == 0) {
      return new Opaque("");
    }
    return new Opaque(text.substring(token(span, 0).start(), tokens.get(span.to - 1).end()));
  }

  private record Span(int from, int to) {
    int size() {
      return Math.max(0, to - from);
    }
  }

  /** Without an operator it asks for one of several values. */
  private record Comparison(int from, int to, @Nullable Operator operator, boolean negated) {}
}
