package dev.tourmaline.engine.rule;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Suggests the known name that somebody probably meant: the nearest by optimal string alignment
 * distance (insertions, deletions, replacements, swaps of neighbours; case does not count), if no
 * more than a third of the name would change. Stateless and thread-safe.
 */
public final class NearestName {

  private NearestName() {}

  /**
   * {@return the known name that is close enough to be meant}
   *
   * @param name what was written
   * @param known what would be right
   */
  public static Optional<String> to(String name, Collection<String> known) {
    int tolerance = (name.length() + 2) / 3;
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= tolerance)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /**
   * {@return the end of a sentence: {@code ; did you mean 'x'?}, or a full stop if no name is
   * close}
   *
   * @param name what was written
   * @param known what would be right
   */
  public static String ending(String name, Collection<String> known) {
    return to(name, known).map(nearest -> "; did you mean '" + nearest + "'?").orElse(".");
  }

  /**
   * {@return half a sentence that names the nearest, or else all there are}
   *
   * @param name what was written
   * @param known what would be right
   */
  public static String hint(String name, Collection<String> known) {
    return to(name, known)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElse("there are " + String.join(", ", known));
  }

  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
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
