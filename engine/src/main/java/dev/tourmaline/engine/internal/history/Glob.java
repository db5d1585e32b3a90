package dev.tourmaline.engine.internal.history;

import java.util.Arrays;

/**
 * A pattern over paths: {@code *} stands for any text within one segment, {@code **} for any text,
 * and a trailing {@code /**} also for nothing. Memoises results by the path's number in a
 * dictionary.
 */
public final class Glob {

  private static final byte UNKNOWN = 0;
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final String pattern;
  private final boolean everything;
  private final int paths;
  private byte[] answers = {};

  Glob(String pattern, int paths) {
    this.pattern = pattern;
    this.everything = pattern.equals("**") || pattern.equals("/**");
    this.paths = paths;
  }

  boolean matches(int pathId, String path) {
    if (everything) {
      return true;
    }
    if (pathId >= paths) {
      return matches(path);
    }
    // A benign race: threads compute the same results, and a lost one is computed again.
    byte[] known = answers;
    if (pathId >= known.length) {
      known = Arrays.copyOf(known, Math.min(paths, Math.max(64, 2 * pathId)));
      answers = known;
    }
    byte answer = known[pathId];
    if (answer == UNKNOWN) {
      answer = matches(path) ? YES : NO;
      known[pathId] = answer;
    }
    return answer == YES;
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
