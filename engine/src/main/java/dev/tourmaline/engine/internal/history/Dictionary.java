package dev.tourmaline.engine.internal.history;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary encoding of the pages, paths and titles of all sessions of an engine: each is stored
 * once under a small number. Append-only hash tables with open addressing, read without locks;
 * bounded by count: what finds no room is kept by its session, in a {@link SessionDictionary}.
 * Thread-safe.
 */
public final class Dictionary {

  private static final int DEFAULT_ENTRIES = 1 << 16;
  private static final int HASHED_OF_RAW = 16;

  private final Pool<Page> pages;
  private final Pool<String> paths;
  private final Pool<String> titles;
  private final ConcurrentHashMap<String, Glob> globs = new ConcurrentHashMap<>();

  /** Makes an empty dictionary with room for 65,536 pages, paths and titles each. */
  public Dictionary() {
    this(DEFAULT_ENTRIES);
  }

  public Dictionary(int entries) {
    pages = new Pool<>(entries);
    paths = new Pool<>(entries);
    titles = new Pool<>(entries);
  }

  int pageCapacity() {
    return pages.capacity;
  }

  int pathCapacity() {
    return paths.capacity;
  }

  int titleCapacity() {
    return titles.capacity;
  }

  /** The shared page of these URLs; null if there is none and no room for it. */
  @Nullable Page page(String rawUrl, String canonicalUrl) {
    int hash = hash(rawUrl, canonicalUrl);
    int slot = pages.slot(hash);
    while (true) {
      Page page = pages.table.get(slot);
      if (page == null) {
        break;
      }
      if (page.rawUrl.equals(rawUrl) && page.canonicalUrl.equals(canonicalUrl)) {
        return page;
      }
      slot = pages.next(slot);
    }
    return addPage(rawUrl, canonicalUrl, hash);
  }

  /**
   * Raw URLs of one canonical URL differ towards their end, and are new strings each time: hashing
   * all of one would cost more than the rest of the look-up.
   */
  private static int hash(String rawUrl, String canonicalUrl) {
    int hash = canonicalUrl.hashCode() * 31 + rawUrl.length();
    for (int i = Math.max(0, rawUrl.length() - HASHED_OF_RAW); i < rawUrl.length(); i++) {
      hash = hash * 31 + rawUrl.charAt(i);
    }
    return hash;
  }

  private @Nullable Page addPage(String rawUrl, String canonicalUrl, int hash) {
    synchronized (pages) {
      int slot = pages.slot(hash);
      while (true) {
        Page page = pages.table.get(slot);
        if (page == null) {
          break;
        }
        if (page.rawUrl.equals(rawUrl) && page.canonicalUrl.equals(canonicalUrl)) {
          return page;
        }
        slot = pages.next(slot);
      }
      if (pages.full()) {
        return null;
      }
      Page page = new Page(rawUrl, canonicalUrl);
      int pathId = pathId(page.path);
      if (pathId < 0) {
        return null;
      }
      page.pathId = pathId;
      // Before it is published: other lanes read it without a lock.
      page.id = pages.nextId();
      pages.add(page, slot);
      return page;
    }
  }

  boolean holdsPage(long id) {
    return pages.holds(id);
  }

  boolean holdsTitle(long id) {
    return titles.holds(id);
  }

  Page page(int id) {
    return pages.byId(id);
  }

  String path(int id) {
    return paths.byId(id);
  }

  String title(int id) {
    return titles.byId(id);
  }

  /** The path's number; negative if it has none and there is no room. */
  int pathId(String path) {
    return textId(paths, path);
  }

  /** The title's number; negative if it has none and there is no room. */
  int titleId(String title) {
    return textId(titles, title);
  }

  Glob glob(String pattern) {
    Glob known = globs.get(pattern);
    if (known != null) {
      return known;
    }
    // Globs are literals in rules; the bound guards against computed ones.
    if (globs.size() >= 1_000) {
      return new Glob(pattern, 0);
    }
    Glob glob = new Glob(pattern, paths.capacity);
    globs.put(pattern, glob);
    return glob;
  }

  private static int textId(Pool<String> pool, String text) {
    int known = find(pool, text);
    if (known >= 0) {
      return known;
    }
    synchronized (pool) {
      known = find(pool, text);
      return known >= 0 || pool.full() ? known : pool.add(text, pool.freeSlot(text.hashCode()));
    }
  }

  private static int find(Pool<String> pool, String text) {
    int slot = pool.slot(text.hashCode());
    while (true) {
      String candidate = pool.table.get(slot);
      if (candidate == null) {
        return -1;
      }
      if (candidate.equals(text)) {
        return pool.idAt(slot);
      }
      slot = pool.next(slot);
    }
  }

  /** An open-addressed table that only grows: read without locks, written under its own. */
  private static final class Pool<T> {

    final int capacity;
    final AtomicReferenceArray<T> table;
    private final int[] ids;
    private final AtomicReferenceArray<T> values;
    private int size;

    Pool(int capacity) {
      this.capacity = capacity;
      int slots = Integer.highestOneBit(Math.max(4, capacity * 2 - 1)) << 1;
      table = new AtomicReferenceArray<>(slots);
      ids = new int[slots];
      values = new AtomicReferenceArray<>(capacity);
    }

    int slot(int hash) {
      return (hash * 0x9E3779B9 >>> 7) & (table.length() - 1);
    }

    int next(int slot) {
      return (slot + 1) & (table.length() - 1);
    }

    int freeSlot(int hash) {
      int slot = slot(hash);
      while (table.get(slot) != null) {
        slot = next(slot);
      }
      return slot;
    }

    boolean full() {
      return size == capacity;
    }

    /** The number of the entry in a slot; written before the entry was published. */
    int idAt(int slot) {
      return ids[slot];
    }

    int nextId() {
      return size;
    }

    int add(T value, int slot) {
      int id = size;
      values.set(id, value);
      ids[slot] = id;
      size++;
      table.set(slot, value);
      return id;
    }

    boolean holds(long id) {
      return id >= 0 && id < capacity && values.get((int) id) != null;
    }

    T byId(int id) {
      return values.get(id);
    }
  }
}
