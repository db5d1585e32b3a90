package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.List;

/**
 * Bounds on what a rule text may hold, so that reading it ends. Drools' parser goes back over each
 * parenthesis in conditions once more for every one around it: its time doubles with the nesting.
 */
final class TextBounds {

  private static final int NESTED_CONDITIONS = 12;
  private static final int NESTED_CODE = 100;
  private static final int TOKENS_PER_RULE = 20_000;
  private static final int CHARACTERS_PER_NAME = 200;
  private static final int CHARACTERS_PER_TOKEN = 10_000;

  private final DrlFile file;
  private final Problems problems;
  private boolean kept = true;

  private TextBounds(DrlFile file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Whether the file keeps to them; what does not is reported. */
  static boolean keeps(DrlFile file, Problems problems) {
    TextBounds bounds = new TextBounds(file, problems);
    bounds.checkTokens();
    bounds.checkNesting(file.tokens, NESTED_CODE);
    for (RuleText rule : file.rules) {
      bounds.checkNesting(rule.conditions(), NESTED_CONDITIONS);
      bounds.checkRule(rule);
    }
    return bounds.kept;
  }

  private void checkRule(RuleText rule) {
    DrlToken first = file.tokens.get(rule.from());
    if (rule.name().length() > CHARACTERS_PER_NAME) {
      exceeds(first, "a rule's name", rule.name().length(), CHARACTERS_PER_NAME, "characters");
    }
    if (rule.to() - rule.from() > TOKENS_PER_RULE) {
      exceeds(first, "this rule", rule.to() - rule.from(), TOKENS_PER_RULE, "words and signs");
    }
  }

  private void checkTokens() {
    for (DrlToken token : file.tokens) {
      int length = token.text().length();
      if (length > CHARACTERS_PER_TOKEN) {
        exceeds(token, "this text", length, CHARACTERS_PER_TOKEN, "characters");
      }
    }
  }

  private void checkNesting(List<DrlToken> tokens, int most) {
    int depth = 0;
    for (DrlToken token : tokens) {
      if (token.opens() && ++depth > most) {
        error(
            token,
            "brackets are nested more than %d deep here; use fewer, or a function".formatted(most));
        return;
      } else if (token.closes()) {
        depth--;
      }
    }
  }

  private void exceeds(DrlToken at, String what, int size, int most, String unit) {
    error(at, "%s has %d %s; at most %d are read".formatted(what, size, unit, most));
  }

  private void error(DrlToken at, String message) {
    kept = false;
    problems.error(file, at.line(), message);
  }
}
