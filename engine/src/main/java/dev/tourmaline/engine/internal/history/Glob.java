package dev.tourmaline.engine.internal.history;

/**
 * A pattern over paths: {@code *} stands for any text within one segment, {@code **} for any text,
 * and a trailing {@code /**} also for nothing. Immutable.
 */
public final class Glob {

  /** The number of a glob whose results are not memoised. */
  static final int UNNUMBERED = -1;

  /** What a {@link PagePath} memoises of a glob, by its number. */
  static final byte UNKNOWN = 0;

  static final byte YES = 1;
  static final byte NO = 2;

  private final String pattern;
  private final int number;
  private final boolean everything;

  Glob(String pattern, int number) {
    this.pattern = pattern;
    this.number = number;
    this.everything = pattern.equals("**") || pattern.equals("/**");
  }

  int number() {
    return number;
  }

  public boolean matches(String path) {
    if (everything) {
      return true;
    }
    return prefixMatches(pattern.length(), path)
        || pattern.endsWith("/**") && prefixMatches(pattern.length() - 3, path);
  }

  /**
   * Matches with one backtracking point for each kind of star: the segment's star first, then the
   * last double star. Linear in practice, polynomial at worst.
   */
  private boolean prefixMatches(int patternLength, String path) {
    int p = 0;
    int t = 0;
    int star = -1;
    int starText = 0;
    int doubleStar = -1;
    int doubleStarText = 0;
    while (t < path.length() || p < patternLength) {
      if (p < patternLength && pattern.charAt(p) == '*') {
        boolean twice = p + 1 < patternLength && pattern.charAt(p + 1) == '*';
        if (twice) {
          doubleStar = p + 2;
          doubleStarText = t;
          star = -1;
          p += 2;
        } else {
          star = p + 1;
          starText = t;
          p++;
        }
      } else if (p < patternLength && t < path.length() && pattern.charAt(p) == path.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0 && starText < path.length() && path.charAt(starText) != '/') {
        starText++;
        t = starText;
        p = star;
      } else if (doubleStar >= 0 && doubleStarText < path.length()) {
        doubleStarText++;
        t = doubleStarText;
        p = doubleStar;
        star = -1;
      } else {
        return false;
      }
    }
    return true;
  }
}
