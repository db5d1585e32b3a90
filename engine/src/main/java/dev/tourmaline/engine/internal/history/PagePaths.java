package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.internal.hash.KeyedHash;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An interning cache of the paths of pages, and of the globs over them, that all sessions of an
 * engine share. Thread-safe.
 *
 * <p>Direct-mapped by URL and by path, with 32,768 slots each and nothing longer than {@value
 * #LONGEST} characters, so that it holds 40 MB at most. A free slot takes what comes, a taken one
 * what comes for the second time, so that addresses seen once evict nothing. What is not held is
 * made anew, and belongs to its session: sessions know paths by their identity, and depend on the
 * cache only for memory and pace.
 */
public final class PagePaths {

  private static final int SLOT_BITS = 15;
  private static final int LONGEST = 256;
  private static final int MOST_GLOBS = 1_000;

  private final KeyedHash hash;
  private final int slotBits;
  private final @Nullable Entry[] byUrl;
  private final @Nullable PagePath[] byPath;
  private final int[] urlsSeen;
  private final long[] pathsSeen;
  private final ConcurrentHashMap<String, Glob> globs = new ConcurrentHashMap<>();

  /** Immutable, so that one thread may publish it to others by a plain write. */
  private record Entry(String url, PagePath path) {}

  /** Makes an empty cache, with a key of its own. */
  public PagePaths() {
    this(KeyedHash.random(), SLOT_BITS);
  }

  /**
   * Makes an empty cache.
   *
   * @param hash the key of the identities in its sessions
   * @param slotBits two to this power is the number of slots, at least 1
   */
  public PagePaths(KeyedHash hash, int slotBits) {
    this.hash = hash;
    this.slotBits = slotBits;
    this.byUrl = new Entry[1 << slotBits];
    this.byPath = new PagePath[1 << slotBits];
    this.urlsSeen = new int[1 << slotBits];
    this.pathsSeen = new long[1 << slotBits];
  }

  /** The key of all identities that do not come from a log. */
  KeyedHash hash() {
    return hash;
  }

  /** {@return the path of a page, by its URLs} */
  public PagePath of(String rawUrl, String canonicalUrl) {
    String url = canonicalUrl.isEmpty() ? rawUrl : canonicalUrl;
    // Not keyed: texts that share a slot cost what unknown ones do. Most strings know their hash.
    int urlHash = url.hashCode() * 0x9E37_79B9;
    int slot = urlHash >>> Integer.SIZE - slotBits;
    Entry entry = byUrl[slot];
    if (entry != null && entry.url.equals(url)) {
      return entry.path;
    }
    PagePath path = path(PageUrl.path(url));
    if (url.length() <= LONGEST && (entry == null || urlsSeen[slot] == urlHash)) {
      byUrl[slot] = new Entry(url, path);
    } else {
      urlsSeen[slot] = urlHash;
    }
    return path;
  }

  /** {@return a path by its text} */
  PagePath path(String text) {
    if (text.length() > LONGEST) {
      return PagePath.of(text, hash, false);
    }
    long identity = hash.of(text);
    int slot = (int) (identity >>> Long.SIZE - slotBits);
    PagePath held = byPath[slot];
    if (held != null && held.text().equals(text)) {
      return held;
    }
    boolean admitted = held == null || pathsSeen[slot] == identity;
    PagePath path = PagePath.of(text, hash, admitted);
    if (admitted) {
      byPath[slot] = path;
    } else {
      pathsSeen[slot] = identity;
    }
    return path;
  }

  /** {@return a glob by its pattern} */
  public Glob glob(String pattern) {
    Glob known = globs.get(pattern);
    if (known != null) {
      return known;
    }
    // Globs are literals in rules; the bound guards against computed ones.
    int number = globs.size();
    if (number >= MOST_GLOBS) {
      return new Glob(pattern, Glob.UNNUMBERED);
    }
    return numbered(pattern);
  }

  private synchronized Glob numbered(String pattern) {
    return globs.computeIfAbsent(pattern, text -> new Glob(text, globs.size()));
  }
}
