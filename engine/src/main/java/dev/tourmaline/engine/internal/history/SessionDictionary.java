package dev.tourmaline.engine.internal.history;

import java.util.ArrayList;
import java.util.List;

/**
 * The dictionary encoding that one session uses: the shared {@link Dictionary}, and the session's
 * own entries, numbered above the shared ones, for what finds no room there.
 */
public final class SessionDictionary {

  private static final int SPARE_ENTRIES = 64;

  private final Dictionary dictionary;
  private List<Page> ownPages = List.of();
  private List<String> ownPaths = List.of();
  private List<String> ownTitles = List.of();

  SessionDictionary(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  Page page(String rawUrl, String canonicalUrl) {
    Page shared = dictionary.page(rawUrl, canonicalUrl);
    return shared != null ? shared : ownPage(rawUrl, canonicalUrl);
  }

  private Page ownPage(String rawUrl, String canonicalUrl) {
    for (Page page : ownPages) {
      if (page.rawUrl.equals(rawUrl) && page.canonicalUrl.equals(canonicalUrl)) {
        return page;
      }
    }
    Page page = new Page(rawUrl, canonicalUrl);
    page.id = dictionary.pageCapacity() + ownPages.size();
    page.pathId = pathId(page.path);
    ownPages = with(ownPages, page);
    return page;
  }

  Page page(int id) {
    int own = id - dictionary.pageCapacity();
    return own < 0 ? dictionary.page(id) : ownPages.get(own);
  }

  boolean isShared(Page page) {
    return page.id < dictionary.pageCapacity();
  }

  /** Whether there is a shared page of that number. */
  boolean holdsPage(long id) {
    return dictionary.holdsPage(id);
  }

  /** Whether there is a shared title of that number. */
  boolean holdsTitle(long id) {
    return dictionary.holdsTitle(id);
  }

  public boolean isSharedPath(int id) {
    return id < dictionary.pathCapacity();
  }

  public int pathId(String path) {
    int shared = dictionary.pathId(path);
    if (shared >= 0) {
      return shared;
    }
    int own = ownPaths.indexOf(path);
    if (own < 0) {
      own = ownPaths.size();
      ownPaths = with(ownPaths, path);
    }
    return dictionary.pathCapacity() + own;
  }

  public String path(int id) {
    int own = id - dictionary.pathCapacity();
    return own < 0 ? dictionary.path(id) : ownPaths.get(own);
  }

  public boolean matches(Glob glob, int pathId) {
    return glob.matches(pathId, path(pathId));
  }

  public Glob glob(String pattern) {
    return dictionary.glob(pattern == null ? "" : pattern);
  }

  public int titleId(String title) {
    int shared = dictionary.titleId(title);
    if (shared >= 0) {
      return shared;
    }
    int own = ownTitles.indexOf(title);
    if (own < 0) {
      own = ownTitles.size();
      ownTitles = with(ownTitles, title);
    }
    return dictionary.titleCapacity() + own;
  }

  String title(int id) {
    int own = id - dictionary.titleCapacity();
    return own < 0 ? dictionary.title(id) : ownTitles.get(own);
  }

  boolean isSharedTitle(int id) {
    return id < dictionary.titleCapacity();
  }

  /** Whether a title can be left out, for it follows from its page and the kind of action. */
  boolean isUsualTitle(Page page, int kind, int title) {
    return isShared(page) && isSharedTitle(title) && page.isUsualTitle(kind, title);
  }

  /** Whether the own entries far outnumber those that the actions can use. */
  boolean needsRebuild(int actions) {
    return Math.max(ownPages.size(), ownTitles.size()) > SPARE_ENTRIES + 2 * actions;
  }

  private static <T> List<T> with(List<T> list, T element) {
    List<T> grown = list.isEmpty() ? new ArrayList<>(4) : list;
    grown.add(element);
    return grown;
  }

  /** Clears the session's own entries. */
  void forgetOwn() {
    ownPages = List.of();
    ownPaths = List.of();
    ownTitles = List.of();
  }
}
