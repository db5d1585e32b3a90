package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.fact.RuleBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Injects a poll of the budget into Java code wherever it can go round: at the head of the body of
 * every loop, and of every function, method and lambda, which may call themselves. Reads statements
 * by recursive descent over tokens, and leaves alone what it cannot read.
 */
final class LoopPolls {

  private static final String POLL = " " + RuleBudget.class.getName() + ".check();";

  /** What stands in front of a parenthesis and is no method's name. */
  private static final Set<String> KEYWORDS =
      Set.of("if", "for", "while", "switch", "try", "catch", "synchronized", "new", "return");

  private final List<DrlToken> tokens;
  private final TextEdits edits;

  /** Where the {@code while} behind a {@code do} stands. */
  private final Set<Integer> doEnds = new HashSet<>();

  /** The statements read so far: where they begin and end. */
  private final Map<Integer, Integer> ends = new HashMap<>();

  private LoopPolls(List<DrlToken> tokens, TextEdits edits) {
    this.tokens = tokens;
    this.edits = edits;
  }

  static void inject(List<DrlToken> code, TextEdits edits) {
    LoopPolls polls = new LoopPolls(code, edits);
    for (int i = 0; i < code.size(); i++) {
      polls.injectAt(i);
    }
  }

  private void injectAt(int at) {
    DrlToken token = tokens.get(at);
    if (token.is("do")) {
      int behind = statementEnd(at + 1);
      doEnds.add(behind);
      body(at + 1, behind);
    } else if (token.is("for") || (token.is("while") && !doEnds.contains(at))) {
      int from = groupEnd(at + 1);
      body(from, statementEnd(from));
    } else if (token.is("{") && (isMethodBody(at) || isLambdaBody(at))) {
      edits.insert(token.end(), POLL);
    }
  }

  private void body(int from, int to) {
    if (from >= to || to > tokens.size()) {
      return;
    }
    if (tokens.get(from).is("{")) {
      edits.insert(tokens.get(from).end(), POLL);
    } else {
      edits.insert(tokens.get(from).start(), "{" + POLL + " ");
      edits.insert(tokens.get(to - 1).end(), " }");
    }
  }

  private boolean isLambdaBody(int brace) {
    return is(brace - 1, ">") && is(brace - 2, "-");
  }

  /** Whether a brace opens the body of a method: a type and a name stand before its parameters. */
  private boolean isMethodBody(int brace) {
    int close = brace - 1;
    while (close > 0 && !tokens.get(close).is(")") && !tokens.get(close).is("throws")) {
      boolean listed = tokens.get(close).kind() == DrlToken.Kind.WORD;
      if (!listed && !is(close, ",") && !is(close, ".")) {
        return false;
      }
      close--;
    }
    if (is(close, "throws")) {
      close--;
    } else if (close != brace - 1) {
      return false;
    }
    if (!is(close, ")") || is(brace + 1, "this") || is(brace + 1, "super")) {
      return false;
    }
    int name = openerOf(close) - 1;
    return name > 0
        && tokens.get(name).kind() == DrlToken.Kind.WORD
        && !KEYWORDS.contains(tokens.get(name).text())
        && endsType(tokens.get(name - 1));
  }

  private static boolean endsType(DrlToken token) {
    boolean word = token.kind() == DrlToken.Kind.WORD && !KEYWORDS.contains(token.text());
    return word || token.is(">") || token.is("]");
  }

  private int openerOf(int close) {
    int nesting = 0;
    for (int i = close; i >= 0; i--) {
      if (tokens.get(i).closes()) {
        nesting++;
      } else if (tokens.get(i).opens() && --nesting == 0) {
        return i;
      }
    }
    return 0;
  }

  /** The first token behind the statement that begins at a token. */
  private int statementEnd(int from) {
    Integer known = ends.get(from);
    if (known != null) {
      return known;
    }
    List<Integer> heads = new ArrayList<>();
    int end = readStatement(from, heads);
    // The bodies of loops one within another end together.
    heads.forEach(head -> ends.put(head, end));
    return end;
  }

  private int readStatement(int from, List<Integer> heads) {
    int at = from;
    // Heads of statements that have a statement inside, one within another.
    while (at < tokens.size()) {
      heads.add(at);
      if (is(at, "for") || is(at, "while")) {
        at = groupEnd(at + 1);
      } else if (is(at, "if")) {
        at = statementEnd(groupEnd(at + 1));
        if (!is(at, "else")) {
          return at;
        }
        at++;
      } else if (is(at, "do")) {
        at = groupEnd(statementEnd(at + 1) + 1);
        return is(at, ";") ? at + 1 : at;
      } else if (is(at, "try")) {
        return tryEnd(at + 1);
      } else if (is(at, "switch") || is(at, "synchronized")) {
        return groupEnd(groupEnd(at + 1));
      } else if (is(at + 1, ":") && tokens.get(at).kind() == DrlToken.Kind.WORD) {
        at += 2;
      } else {
        return is(at, "{") ? groupEnd(at) : simpleEnd(at);
      }
    }
    return tokens.size();
  }

  private int tryEnd(int from) {
    int at = groupEnd(is(from, "(") ? groupEnd(from) : from);
    while (is(at, "catch")) {
      at = groupEnd(groupEnd(at + 1));
    }
    return is(at, "finally") ? groupEnd(at + 1) : at;
  }

  private int simpleEnd(int from) {
    int nesting = 0;
    for (int i = from; i < tokens.size(); i++) {
      DrlToken token = tokens.get(i);
      if (token.opens()) {
        nesting++;
      } else if (token.closes()) {
        nesting--;
      }
      if (nesting < 0) {
        return i;
      } else if (nesting == 0 && token.is(";")) {
        return i + 1;
      }
    }
    return tokens.size();
  }

  /** The first token behind the brackets that open at a token. */
  private int groupEnd(int open) {
    int nesting = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (tokens.get(i).opens()) {
        nesting++;
      } else if (tokens.get(i).closes()) {
        nesting--;
      }
      if (nesting <= 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }

  private boolean is(int at, String text) {
    return at >= 0 && at < tokens.size() && tokens.get(at).is(text);
  }
}
