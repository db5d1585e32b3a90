package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.List;

/**
 * The token ranges of one rule's parts in its file. Each part is a half-open range; an absent part
 * is empty.
 *
 * @param file the file
 * @param name the rule's name, or empty text
 * @param line the line of the name
 * @param from the token {@code rule}
 * @param head first token behind the name
 * @param when the token {@code when}, or the end of the head if there is none
 * @param then the token {@code then}, or the end of the conditions if there is none
 * @param end the token {@code end}, or the end of the rule if there is none
 * @param to first token behind the rule
 */
record RuleText(
    DrlFile file, String name, int line, int from, int head, int when, int then, int end, int to) {

  static RuleText read(DrlFile file, int at, boolean named) {
    List<DrlToken> tokens = file.tokens;
    int head = named ? at + 2 : at + 1;
    int to = bodyEnd(tokens, head);
    boolean closed = to > head && tokens.get(to - 1).is("end");
    int end = closed ? to - 1 : to;
    int when = find(tokens, "when", head, end);
    int then = find(tokens, "then", Math.min(when, end), end);
    DrlToken label = tokens.get(named ? at + 1 : at);
    return new RuleText(
        file,
        named ? label.unquoted() : "",
        label.line(),
        at,
        head,
        Math.min(when, then),
        then,
        end,
        to);
  }

  /** First token behind the {@code end} that closes what begins before {@code from}. */
  static int bodyEnd(List<DrlToken> tokens, int from) {
    int nesting = 0;
    for (int i = from; i < tokens.size(); i++) {
      DrlToken token = tokens.get(i);
      if (token.opens()) {
        nesting++;
      } else if (token.closes()) {
        nesting--;
      } else if (token.is("end") && !tokens.get(i - 1).is(".")) {
        return i + 1;
      } else if (beginsRule(tokens, i, nesting)) {
        return i;
      }
    }
    return tokens.size();
  }

  /** Whether a rule begins here although the one before has not ended. */
  private static boolean beginsRule(List<DrlToken> tokens, int at, int nesting) {
    DrlToken token = tokens.get(at);
    if (!token.is("rule") || !token.first() || at + 1 == tokens.size()) {
      return false;
    }
    DrlToken next = tokens.get(at + 1);
    return next.kind() == DrlToken.Kind.STRING
        || (next.kind() == DrlToken.Kind.WORD && nesting == 0);
  }

  private static int find(List<DrlToken> tokens, String word, int from, int to) {
    int nesting = 0;
    int nested = to;
    for (int i = from; i < to; i++) {
      DrlToken token = tokens.get(i);
      if (token.opens()) {
        nesting++;
      } else if (token.closes()) {
        nesting--;
      } else if (token.is(word)) {
        if (nesting <= 0) {
          return i;
        }
        nested = Math.min(nested, i);
      }
    }
    return nested;
  }

  boolean hasWhen() {
    return when < file.tokens.size() && file.tokens.get(when).is("when");
  }

  boolean hasThen() {
    return then < end && file.tokens.get(then).is("then");
  }

  boolean hasEnd() {
    return end < to;
  }

  List<DrlToken> headTokens() {
    return file.tokens.subList(Math.min(head, when), when);
  }

  List<DrlToken> conditions() {
    int begin = hasWhen() ? when + 1 : when;
    return file.tokens.subList(Math.min(begin, then), then);
  }

  List<DrlToken> consequence() {
    int begin = hasThen() ? then + 1 : end;
    return file.tokens.subList(begin, Math.max(begin, end));
  }

  int startOffset() {
    return file.tokens.get(from).start();
  }

  int endOffset() {
    return file.tokens.get(to - 1).end();
  }

  /** Where the consequence's text begins: just behind {@code then}. */
  int consequenceLine() {
    return hasThen() ? file.tokens.get(then).line() : line;
  }
}
