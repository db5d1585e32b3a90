package dev.tourmaline.engine.internal.drools.compile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known name an author probably meant. */
final class NearestName {

  private NearestName() {}

  /** The end of a sentence: {@code ; did you mean 'x'?}, or a full stop if no name is close. */
  static String ending(String name, Collection<String> known) {
    return to(name, known).map(nearest -> "; did you mean '" + nearest + "'?").orElse(".");
  }

  /** The known name that is close enough to be meant. */
  static Optional<String> to(String name, Collection<String> known) {
    int tolerance = (name.length() + 2) / 3;
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= tolerance)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
