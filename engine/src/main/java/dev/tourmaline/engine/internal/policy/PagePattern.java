package dev.tourmaline.engine.internal.policy;

/**
 * A pattern over paths of pages, by segments: {@code :name} stands for one segment, {@code *} for
 * any text within one, {@code **} as a segment for any number of them. A slash at the end makes no
 * difference. Quadratic at worst, in the number of segments.
 */
final class PagePattern {

  private PagePattern() {}

  /**
   * {@return whether a path, or a canonical one in which variable parts read {@code :id}, matches}
   */
  static boolean matches(String pattern, String path) {
    return matches(segments(pattern), 0, segments(path), 0);
  }

  private static String[] segments(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.split("/", -1);
  }

  private static boolean matches(String[] pattern, int from, String[] path, int at) {
    int p = from;
    int t = at;
    int star = -1;
    int starAt = 0;
    while (t < path.length) {
      if (p < pattern.length && pattern[p].equals("**")) {
        star = p++;
        starAt = t;
      } else if (p < pattern.length && matchesSegment(pattern[p], path[t])) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++starAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p].equals("**")) {
      p++;
    }
    return p == pattern.length;
  }

  private static boolean matchesSegment(String pattern, String segment) {
    if (pattern.length() > 1 && pattern.charAt(0) == ':') {
      return !segment.isEmpty();
    }
    int p = 0;
    int t = 0;
    int star = -1;
    int starAt = 0;
    while (t < segment.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starAt = t;
      } else if (p < pattern.length() && pattern.charAt(p) == segment.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++starAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
