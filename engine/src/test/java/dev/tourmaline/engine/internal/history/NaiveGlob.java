package dev.tourmaline.engine.internal.history;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Globs as the regular expressions that define them. */
public final class NaiveGlob {

  private static final Map<String, Pattern> REGEXES = new ConcurrentHashMap<>();

  private NaiveGlob() {}

  public static boolean matches(String glob, String path) {
    return REGEXES.computeIfAbsent(glob, g -> Pattern.compile(regex(g))).matcher(path).matches();
  }

  private static String regex(String glob) {
    boolean trailing = glob.endsWith("/**");
    String plain = trailing ? glob.substring(0, glob.length() - 3) : glob;
    return "(?s)" + plainRegex(plain) + (trailing ? "(/.*)?" : "");
  }

  private static String plainRegex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (glob.charAt(i) == '*') {
        regex.append("[^/]*");
      } else {
        regex.append(Pattern.quote(glob.substring(i, i + 1)));
      }
    }
    return regex.toString();
  }
}
