package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The path of a page, as rules see it: its text, its identity, and the memoised results of globs.
 * Shared by sessions as far as {@link PagePaths} can; thread-safe.
 */
public final class PagePath {

  /** No page: a session that has seen none. */
  public static final PagePath NONE = new PagePath("", 0, false, false);

  /** The most characters of a path that are kept. */
  static final int LONGEST = 1_024;

  private static final int DIGEST_BYTES = 16;
  private static final int OBJECTS = 120;

  private final String text;
  private final long identity;
  private final boolean memoises;
  private final boolean shortened;
  private byte[] answers = {};

  private PagePath(String text, long identity, boolean memoises, boolean shortened) {
    this.text = text;
    this.identity = identity;
    this.memoises = memoises;
    this.shortened = shortened;
  }

  /**
   * Makes a path.
   *
   * @param whole its text, of any length
   * @param memoises whether enough sessions may use it that results are worth their memory
   */
  static PagePath of(String whole, KeyedHash hash, boolean memoises) {
    String text = shortened(whole);
    return new PagePath(text, hash.of(text), memoises, whole.length() > LONGEST);
  }

  /** A long path, cut, and told from others that begin the same by a digest of all of it. */
  private static String shortened(String whole) {
    if (whole.length() <= LONGEST) {
      return whole;
    }
    byte[] digest = Sha256.digest().digest(whole.getBytes(StandardCharsets.UTF_8));
    String mark = "..." + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
    return whole.substring(0, LONGEST - mark.length()) + mark;
  }

  /** {@return its text; of a path of more than 1,024 characters the beginning and a digest} */
  public String text() {
    return text;
  }

  /** {@return whether the text is but the beginning of a longer one, and a digest of it} */
  public boolean isShortened() {
    return shortened;
  }

  long identity() {
    return identity;
  }

  /** Whether it is the same path as another; of 64 bits by a keyed hash. */
  boolean is(PagePath other) {
    return this == other || identity == other.identity;
  }

  /** Whether a glob matches it. */
  public boolean matches(Glob glob) {
    int number = glob.number();
    if (!memoises || number == Glob.UNNUMBERED) {
      return glob.matches(text);
    }
    // A benign race: threads compute the same results, and a lost one is computed again.
    byte[] known = answers;
    if (number >= known.length) {
      known = Arrays.copyOf(known, Math.max(16, number + 1 + (number >> 1)));
      answers = known;
    }
    byte answer = known[number];
    if (answer == Glob.UNKNOWN) {
      answer = glob.matches(text) ? Glob.YES : Glob.NO;
      known[number] = answer;
    }
    return answer == Glob.YES;
  }

  /** An upper estimate of the memory it takes, in bytes. */
  int weight() {
    return OBJECTS + 2 * text.length() + answers.length;
  }
}
