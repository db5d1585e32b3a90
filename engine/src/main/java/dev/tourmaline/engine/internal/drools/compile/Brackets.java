package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds the first unbalanced bracket, with a stack, in O(n). */
final class Brackets {

  private Brackets() {}

  /** The first that is wrong. */
  record Fault(DrlToken token, String message) {}

  static Optional<Fault> fault(List<DrlToken> tokens) {
    Deque<DrlToken> open = new ArrayDeque<>();
    for (DrlToken token : tokens) {
      if (token.opens()) {
        open.push(token);
      } else if (token.closes() && (open.isEmpty() || !matches(open.pop(), token))) {
        return Optional.of(
            new Fault(token, "'" + token.text() + "' closes nothing that was opened"));
      }
    }
    return Optional.ofNullable(open.peek())
        .map(token -> new Fault(token, "'" + token.text() + "' is never closed"));
  }

  private static boolean matches(DrlToken open, DrlToken close) {
    return switch (open.text()) {
      case "(" -> close.is(")");
      case "[" -> close.is("]");
      default -> close.is("}");
    };
  }
}
