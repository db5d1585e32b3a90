package dev.tourmaline.workload;

import dev.tourmaline.workload.Site.Kind;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * How what one visitor does is put into frames. In an open vocabulary as on real sites: with
 * queries, ids and titles that are seen once, and a connector that sends some things late, twice,
 * or in another order; all that it adds are late and repeated actions and frames without any. Not
 * thread-safe.
 */
final class Wording {

  private static final double QUERIES_OF_THEIR_OWN = 0.30;
  private static final double CLICKS_WITH_TITLES_OF_THEIR_OWN = 0.20;
  private static final double RELOADS_OF_ANOTHER_ITEM = 0.50;
  private static final double FRAMES_SHUFFLED = 0.10;
  private static final double FRAMES_REPEATED = 0.01;
  private static final double FRAMES_EMPTY = 0.01;
  private static final double FRAMES_WITH_A_LATE_ACTION = 0.02;

  private static final int ITEMS = 10_000_000;
  private static final int LATE_AFTER = 30_000;

  private final Vocabulary vocabulary;
  private final SplittableRandom chance;
  private final String product;
  private boolean shuffled;
  private int item;
  private String invoice = "";

  Wording(Vocabulary vocabulary, long seed) {
    this.vocabulary = vocabulary;
    chance = new SplittableRandom(seed);
    product = is(0.20) ? is(0.25) ? "prod_docs" : "prod_admin" : "prod_shop";
    item = chance.nextInt(ITEMS);
  }

  /** Whether it is one of a share; in a closed vocabulary nothing ever is. */
  private boolean is(double share) {
    return vocabulary == Vocabulary.OPEN && chance.nextDouble() < share;
  }

  private String hex(int digits) {
    return HexFormat.of().toHexDigits(chance.nextLong(), digits);
  }

  /** Begins another frame. */
  void frame() {
    shuffled = is(FRAMES_SHUFFLED);
  }

  /** Begins a view of a page, of another one than before or of the same. */
  void view(boolean another) {
    if (another || is(RELOADS_OF_ANOTHER_ITEM)) {
      item = chance.nextInt(ITEMS);
    }
  }

  /** Begins what is done to one element. */
  void element() {
    boolean own = is(CLICKS_WITH_TITLES_OF_THEIR_OWN);
    invoice = own ? ": Invoice " + chance.nextInt(ITEMS) : "";
  }

  String product() {
    return product;
  }

  /** {@return the path of the canonical URL} */
  String path(int page) {
    return Site.path(page, vocabulary);
  }

  /** {@return the path that the browser shows} */
  String rawPath(int page) {
    return path(page).replace(":id", String.valueOf(item));
  }

  /**
   * {@return the query of the raw URL: one like a newsletter's, which differs at its end, one like
   * an ad's, which does not, or that by which the visitor always comes}
   */
  String query(String usual) {
    if (!is(QUERIES_OF_THEIR_OWN)) {
      return usual;
    }
    return is(0.5)
        ? "?utm_source=newsletter&utm_medium=email&mc_eid=" + hex(10)
        : "?gclid=" + hex(16) + hex(16) + "&utm_source=google&utm_medium=cpc";
  }

  String title(int page, Kind kind) {
    boolean click = kind == Kind.CLICK || kind == Kind.OTHER_CLICK;
    return Site.title(page, kind) + (click ? invoice : "");
  }

  /** {@return a JSON object} */
  String object(String... fields) {
    for (int i = shuffled ? fields.length - 1 : 0; i > 0; i--) {
      int other = chance.nextInt(i + 1);
      String moved = fields[i];
      fields[i] = fields[other];
      fields[other] = moved;
    }
    return "{" + String.join(", ", fields) + "}";
  }

  /** {@return whether the last frame comes once more} */
  boolean repeats() {
    return is(FRAMES_REPEATED);
  }

  /** {@return whether a frame without actions comes} */
  boolean sendsNothing() {
    return is(FRAMES_EMPTY);
  }

  /** {@return how old the late action is that ends the frame, in milliseconds; 0 for none} */
  int late() {
    return is(FRAMES_WITH_A_LATE_ACTION) ? LATE_AFTER + 1_000 + chance.nextInt(60_000) : 0;
  }
}
