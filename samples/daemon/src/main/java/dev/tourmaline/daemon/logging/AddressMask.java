package dev.tourmaline.daemon.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes e-mail addresses out of text: a user's id may be one, and so may a title that a rule's own
 * exception or reason quotes. The sign between name and host may be percent-encoded, be it twice,
 * or a reference of HTML; the host may be a name without a dot, or the number of a machine. Linear
 * in the length of the text.
 */
final class AddressMask {

  private static final String MASK = "***@***";
  private static final Pattern AT =
      Pattern.compile("[@\uFF20\uFE6B]|%(?:25){0,9}40|&#(?:0*64|[xX]0*40);|\\\\u0040");
  private static final Pattern HOST =
      Pattern.compile("(?:[^.]++\\.)*+\\p{L}[^.]*+|\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final int LONGEST_NUMBER = 60;
  private static final String OTHERS_OF_NAME = ".%+-!#$'^~*";

  private AddressMask() {}

  /** {@return the text without e-mail addresses} */
  static String of(String text) {
    Matcher at = AT.matcher(text);
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    while (at.find()) {
      int end = hostAfter(text, at.end());
      int name = end > at.end() ? nameBefore(text, copied, at.start()) : at.start();
      if (name < at.start()) {
        masked.append(text, copied, name).append(MASK);
        copied = end;
        at.region(end, text.length());
      }
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  private static int nameBefore(String text, int from, int at) {
    if (at > from + 1 && text.charAt(at - 1) == '"') {
      int quote = text.lastIndexOf('"', at - 2);
      return quote >= from ? quote : at;
    }
    int name = at;
    while (name > from && isOfName(text.charAt(name - 1))) {
      name--;
    }
    return name;
  }

  private static boolean isOfName(char c) {
    return isOfWord(c) || OTHERS_OF_NAME.indexOf(c) >= 0;
  }

  private static boolean isOfWord(char c) {
    return Character.isSurrogate(c)
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  /** {@return the end of a host; where it begins if there is none} */
  private static int hostAfter(String text, int from) {
    if (text.startsWith("[", from)) {
      int close = text.substring(from, Math.min(text.length(), from + LONGEST_NUMBER)).indexOf(']');
      return close < 0 ? from : from + close + 1;
    }
    int end = from;
    while (end < text.length()
        && (isOfWord(text.charAt(end)) || ".-".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    while (end > from && !isOfWord(text.charAt(end - 1))) {
      end--;
    }
    return HOST.matcher(text).region(from, end).matches() ? end : from;
  }
}
