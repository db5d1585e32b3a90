package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An annotation in a rule's head: {@code @name} or {@code @name( values )}.
 *
 * @param rule whose it is
 * @param name its name
 * @param values the tokens between the parentheses
 * @param start where it begins in the file's text
 * @param end where it ends
 */
record RuleAnnotation(RuleText rule, DrlToken name, List<DrlToken> values, int start, int end) {

  /** {@return the annotations of a rule, as they stand} */
  static List<RuleAnnotation> of(RuleText rule) {
    List<DrlToken> head = rule.headTokens();
    List<RuleAnnotation> annotations = new ArrayList<>();
    for (int i = 0; i + 1 < head.size(); i++) {
      if (head.get(i).is("@")) {
        int close = closing(head, i + 2);
        boolean bare = close == i + 2;
        annotations.add(
            new RuleAnnotation(
                rule,
                head.get(i + 1),
                bare ? List.of() : head.subList(i + 3, Math.max(i + 3, close - 1)),
                head.get(i).start(),
                head.get(close - 1).end()));
        i = close - 1;
      }
    }
    return annotations;
  }

  /** Behind the bracket that closes the one at a place; that place if there is none. */
  private static int closing(List<DrlToken> tokens, int open) {
    int nesting = 0;
    for (int i = open; i < tokens.size(); i++) {
      nesting += tokens.get(i).opens() ? 1 : tokens.get(i).closes() ? -1 : 0;
      if (nesting == 0) {
        return i == open ? open : i + 1;
      }
    }
    return open == tokens.size() ? open : tokens.size();
  }

  int line() {
    return name.line();
  }

  /** {@return what stands between the parentheses, as it was written, in one line} */
  String written() {
    if (values.isEmpty()) {
      return "";
    }
    int from = values.get(0).start();
    int to = values.get(values.size() - 1).end();
    return rule.file().text.substring(from, to).replaceAll("\\s+", " ");
  }

  /** {@return the only value: a text in quotes without them, or else what was written} */
  String value() {
    return values.size() == 1 ? values.get(0).unquoted() : written();
  }

  /**
   * {@return the texts, in quotes or single words, between commas; empty if there is anything else}
   */
  Optional<List<String>> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean isComma = i % 2 == 1;
      if (isComma != values.get(i).is(",")) {
        return Optional.empty();
      }
      if (!isComma) {
        texts.add(values.get(i).unquoted());
      }
    }
    return values.size() % 2 == 0 ? Optional.empty() : Optional.of(texts);
  }
}
