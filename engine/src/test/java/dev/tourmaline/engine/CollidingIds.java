package dev.tourmaline.engine;

import java.util.List;
import java.util.stream.IntStream;

/** Ids that a visitor could choose to slow a hash table down. */
public final class CollidingIds {

  private CollidingIds() {}

  /**
   * {@return texts of one length with the same {@code hashCode}}
   *
   * @param howMany at most 65,536
   */
  public static List<String> ofEqualHashCode(int howMany) {
    return IntStream.range(0, howMany).mapToObj(CollidingIds::pairs).toList();
  }

  /** Each bit chooses between two pairs of letters of the same hash. */
  private static String pairs(int bits) {
    StringBuilder id = new StringBuilder(32);
    for (int bit = 0; bit < 16; bit++) {
      id.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return id.toString();
  }
}
