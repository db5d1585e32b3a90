package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks text literals: malformed regular expressions, and paths that can never be equal. */
final class LiteralCheck {

  private static final Set<String> PATHS = Set.of("path", "previousPage", "rawPath");

  private LiteralCheck() {}

  /** What keeps a regular expression from being one. */
  static Optional<String> regex(String text) {
    try {
      Pattern.compile(text);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "\"%s\" is no regular expression (%s)%s"
              .formatted(text, e.getDescription(), text.startsWith("/") ? glob(text) : ""));
    } catch (StackOverflowError e) {
      return Optional.of("this regular expression is nested too deeply");
    }
  }

  /** Why a path never compares so. */
  static Optional<String> path(String name, Operator operator, String value) {
    boolean whole = operator == Operator.EQUAL || operator == Operator.STARTS_WITH;
    if (!whole || value.isEmpty() || !PATHS.contains(name)) {
      return Optional.empty();
    }
    if (!value.startsWith("/")) {
      return Optional.of("'%s' is never \"%s\": paths begin with a slash".formatted(name, value));
    }
    return value.contains("*")
        ? Optional.of(
            "'%s' is compared with \"%s\" letter by letter%s".formatted(name, value, glob(value)))
        : Optional.empty();
  }

  private static String glob(String value) {
    return "; for all such pages write onPath(\"%s\")".formatted(value);
  }
}
