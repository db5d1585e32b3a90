package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An error recovery pass over characters: reports typographic quotes, foreign comments and
 * keywords, and replaces them, so that they hide no other fault. Offsets are kept.
 */
final class CharacterRecovery {

  private static final String QUOTES = "“”„‟‘’‚‛«»‹›`";
  private static final Set<String> KEYWORDS = Set.of("rule", "when", "then", "end");

  private final DrlFile file;
  private final StringBuilder text;
  private final Map<DrlToken, String> messages = new LinkedHashMap<>();

  private CharacterRecovery(DrlFile file) {
    this.file = file;
    this.text = new StringBuilder(file.text);
  }

  /** {@return the file, corrected} */
  static DrlFile correct(DrlFile file, Problems problems) {
    // The scanner knows no text blocks, and would look into them.
    if (file.text.contains("\"\"\"")) {
      return file;
    }
    CharacterRecovery pasted = new CharacterRecovery(file);
    pasted.read();
    if (pasted.messages.isEmpty()) {
      return file;
    }
    DrlFile corrected = file.with(pasted.text.toString());
    pasted.messages.forEach((at, message) -> problems.error(corrected, at, message));
    return corrected;
  }

  private void read() {
    int done = 0;
    for (int i = 0; i < file.tokens.size(); i++) {
      DrlToken token = file.tokens.get(i);
      char first = token.text().charAt(0);
      if (token.start() < done || token.kind() == DrlToken.Kind.STRING) {
        continue;
      }
      if (token.first() && (first == '#' || file.text.startsWith("-- ", token.start()))) {
        done = comment(token);
      } else if (QUOTES.indexOf(first) >= 0) {
        done = quotes(token, closing(first) + "\"");
      } else if (token.is("\"") || token.is("'")) {
        done = quotes(token, closing(first));
      } else if (isKeyword(i)) {
        String meant = token.text().toLowerCase(Locale.ROOT);
        tell(token, "'%s' is written '%s'".formatted(token.text(), meant));
        text.replace(token.start(), token.end(), meant);
      } else {
        visible(token);
      }
    }
    if (!file.tokens.isEmpty()) {
      openComment();
    }
  }

  private int comment(DrlToken token) {
    tell(token, "a comment begins with //");
    int end = file.text.indexOf('\n', token.start());
    int to = end < 0 ? text.length() : end;
    text.replace(token.start(), to, " ".repeat(to - token.start()));
    return to;
  }

  private static String closing(char opening) {
    return switch (opening) {
      case '"', '“', '”', '„', '‟' -> "”“";
      case '\'', '‘', '’', '‚', '‛' -> "’‘";
      case '`' -> "`´";
      default -> "»›«‹";
    };
  }

  /** A path without quotes that ends in stars opens a comment, which nothing closes. */
  private void openComment() {
    DrlToken last = file.tokens.get(file.tokens.size() - 1);
    int stars = file.text.indexOf("/*", last.end());
    if (stars != last.end() || file.text.indexOf("*/", stars) >= 0) {
      return;
    }
    int from = stars;
    while (from > 0 && isPath(text.charAt(from - 1))) {
      from--;
    }
    int to = stars + 2;
    while (to < text.length() && isPath(text.charAt(to))) {
      to++;
    }
    tell(last, "text needs quotes: \"%s\"".formatted(text.substring(from, to)));
    text.setCharAt(from, '"');
    text.setCharAt(to - 1, '"');
  }

  private static boolean isPath(char c) {
    return "/*-_.".indexOf(c) >= 0 || Character.isLetterOrDigit(c);
  }

  /** Mends a quoted text; {@return where it ends} */
  private int quotes(DrlToken token, String closing) {
    int from = token.start();
    int close = from + 1;
    while (close < text.length()
        && closing.indexOf(text.charAt(close)) < 0
        && text.charAt(close) != '\n') {
      close++;
    }
    boolean closed = close < text.length() && text.charAt(close) != '\n';
    if (closed) {
      String inside = text.substring(from + 1, close);
      tell(
          token,
          "%s has typographic quotes; write straight ones: \"%s\""
              .formatted(file.text.substring(from, close + 1), inside));
      text.setCharAt(close, '"');
    } else if (QUOTES.indexOf(text.charAt(from)) < 0) {
      // Straight and not closed at all: the parser's business.
      return from + 1;
    } else {
      tell(token, "'%s' is a typographic quote; write a straight one: \"".formatted(token.text()));
    }
    text.setCharAt(from, '"');
    return close + 1;
  }

  private boolean isKeyword(int at) {
    DrlToken token = file.tokens.get(at);
    String meant = token.text().toLowerCase(Locale.ROOT);
    if (!token.first() || meant.equals(token.text()) || !KEYWORDS.contains(meant)) {
      return false;
    }
    List<DrlToken> rest = file.tokens.subList(at + 1, file.tokens.size());
    DrlToken next = rest.isEmpty() ? token : rest.get(0);
    return switch (meant) {
      case "rule" -> next.kind() == DrlToken.Kind.STRING || QUOTES.contains(next.text());
      case "end" -> next.first();
      default -> !next.is("(") && !next.is(".") && !next.is("=");
    };
  }

  private void visible(DrlToken token) {
    for (int i = token.start(); i < token.end(); i++) {
      char c = text.charAt(i);
      if (Character.isIdentifierIgnorable(c) || Character.getType(c) == Character.SPACE_SEPARATOR) {
        tell(token, "an invisible character (U+%04X) stands here; delete it".formatted((int) c));
        text.setCharAt(i, ' ');
      }
    }
  }

  private void tell(DrlToken at, String message) {
    messages.put(at, message);
  }
}
