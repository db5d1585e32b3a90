package dev.tourmaline.daemon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to type. */
public final class Nearest {

  private Nearest() {}

  /**
   * {@return the candidate that resembles the word most, if one resembles it at all}
   *
   * @param word what was typed
   * @param candidates what would be right
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String typed = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(c -> distance(typed, c) <= Math.max(1, Math.min(3, c.length() / 2)))
        .min(Comparator.comparingInt(c -> distance(typed, c)));
  }

  /**
   * {@return half a sentence that names the nearest candidate, or else all of them}
   *
   * @param word what was typed
   * @param candidates what would be right
   */
  public static String hint(String word, Collection<String> candidates) {
    return to(word, candidates)
        .map(near -> "did you mean '" + near + "'?")
        .orElse("there are " + String.join(", ", candidates));
  }

  /** Insertions, deletions, replacements and swaps of neighbours that make one word the other. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
