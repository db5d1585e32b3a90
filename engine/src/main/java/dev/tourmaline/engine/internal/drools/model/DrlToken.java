package dev.tourmaline.engine.internal.drools.model;

import java.util.ArrayList;
import java.util.List;

/**
 * One token of a rule text. Comments and white space are no tokens.
 *
 * @param kind what it is
 * @param text its characters, a string's quotes included
 * @param start where it begins in the text
 * @param line its line, from 1
 * @param first whether it is the first token of its line
 */
public record DrlToken(Kind kind, String text, int start, int line, boolean first) {

  /** What a token is. */
  public enum Kind {
    WORD,
    STRING,
    NUMBER,
    SYMBOL
  }

  private static final List<String> PAIRS = List.of("&&", "||", "==", "!=", "<=", ">=");

  public int end() {
    return start + text.length();
  }

  /** {@return whether it is this symbol or word, and no text in quotes} */
  public boolean is(String symbolOrWord) {
    return kind != Kind.STRING && text.equals(symbolOrWord);
  }

  /** {@return whether it is an opening bracket of any kind} */
  public boolean opens() {
    return is("(") || is("[") || is("{");
  }

  /** {@return whether it is a closing bracket of any kind} */
  public boolean closes() {
    return is(")") || is("]") || is("}");
  }

  /** The value of a string token: without quotes, escapes resolved. */
  public String unquoted() {
    if (kind != Kind.STRING || text.length() < 2) {
      return text;
    }
    StringBuilder value = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length() - 1) {
        value.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      switch (escaped) {
        case 'n' -> value.append('\n');
        case 't' -> value.append('\t');
        case 'r' -> value.append('\r');
        case '"', '\'', '\\' -> value.append(escaped);
        default -> value.append('\\').append(escaped);
      }
    }
    return value.toString();
  }

  /** Splits any text; what is no token of DRL becomes a symbol of one character. */
  public static List<DrlToken> scan(String text) {
    List<DrlToken> tokens = new ArrayList<>();
    int line = 1;
    int lastLine = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end;
      Kind kind = null;
      if (c == '/' && text.startsWith("//", at)) {
        end = until(text, at, "\n", 0);
      } else if (c == '/' && text.startsWith("/*", at)) {
        end = until(text, at + 2, "*/", 2);
      } else if (c == '"' || c == '\'') {
        end = string(text, at);
        kind = end == at + 1 ? Kind.SYMBOL : Kind.STRING;
      } else if (Character.isDigit(c)) {
        end = number(text, at);
        kind = Kind.NUMBER;
      } else if (Character.isJavaIdentifierStart(c)) {
        end = at + 1;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
          end++;
        }
        kind = Kind.WORD;
      } else if (Character.isWhitespace(c)) {
        end = at + 1;
      } else {
        end = at + (isPair(text, at) ? 2 : 1);
        kind = Kind.SYMBOL;
      }
      if (kind != null) {
        tokens.add(new DrlToken(kind, text.substring(at, end), at, line, line != lastLine));
        lastLine = line;
      }
      for (int i = at; i < end; i++) {
        if (text.charAt(i) == '\n') {
          line++;
        }
      }
      at = end;
    }
    return tokens;
  }

  private static boolean isPair(String text, int at) {
    return PAIRS.stream().anyMatch(pair -> text.startsWith(pair, at));
  }

  private static int until(String text, int from, String mark, int beyond) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found + beyond;
  }

  private static int string(String text, int at) {
    char quote = text.charAt(at);
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i + 1;
      } else if (c == '\n') {
        break;
      }
    }
    return at + 1;
  }

  private static int number(String text, int at) {
    int end = at + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean fraction =
          c == '.' && end + 1 < text.length() && Character.isDigit(text.charAt(end + 1));
      if (!fraction && !Character.isLetterOrDigit(c) && c != '_') {
        break;
      }
      end++;
    }
    return end;
  }
}
