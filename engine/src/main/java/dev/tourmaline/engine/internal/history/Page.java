package dev.tourmaline.engine.internal.history;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** A page, that is a raw and a canonical URL, parsed once and shared. */
public final class Page {

  final String rawUrl;
  final String canonicalUrl;
  final String host;
  final String path;
  final String rawPath;
  final String query;
  final String fragment;

  /** The page's number in its dictionary, or in its history where the dictionary is full. */
  int id;

  /** The canonical path's number, likewise. */
  int pathId;

  /**
   * For each kind of action the number of its usual title here, plus one; 0 while there is none.
   */
  private final AtomicIntegerArray usualTitles = new AtomicIntegerArray(ActionKind.COUNT);

  Page(String rawUrl, String canonicalUrl) {
    this.rawUrl = rawUrl;
    this.canonicalUrl = canonicalUrl;
    this.path = pathOf(canonicalUrl.isEmpty() ? rawUrl : canonicalUrl);
    String located = rawUrl.isEmpty() ? canonicalUrl : rawUrl;
    String raw = pathOf(located);
    this.rawPath = raw.equals(path) ? path : raw;
    this.host = hostOf(located);
    int hash = located.indexOf('#');
    this.fragment = hash < 0 ? "" : located.substring(hash + 1);
    String beforeHash = hash < 0 ? located : located.substring(0, hash);
    int question = beforeHash.indexOf('?');
    this.query = question < 0 ? "" : beforeHash.substring(question + 1);
  }

  public int pathId() {
    return pathId;
  }

  public String rawPath() {
    return rawPath;
  }

  public String query() {
    return query;
  }

  public String fragment() {
    return fragment;
  }

  public String host() {
    return host;
  }

  /** Whether a title is the one that was asked about first; once it is, it always will be. */
  boolean isUsualTitle(int kind, int title) {
    return usualTitles.get(kind) == title + 1 || usualTitles.compareAndSet(kind, 0, title + 1);
  }

  /** The title for which {@link #isUsualTitle} is true. */
  int usualTitle(int kind) {
    return usualTitles.get(kind) - 1;
  }

  private static int pathStart(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0 || scheme > firstOf(url, 0, "/?#")) {
      return 0;
    }
    return firstOf(url, scheme + 3, "/?#");
  }

  private static String pathOf(String url) {
    int start = pathStart(url);
    int end = firstOf(url, start, "?#");
    String path = url.substring(start, end);
    return path.isEmpty() && !url.isEmpty() ? "/" : path;
  }

  private static String hostOf(String url) {
    int start = pathStart(url);
    if (start == 0) {
      return "";
    }
    String authority = url.substring(url.indexOf("://") + 3, start);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }

  private static int firstOf(String text, int from, String stops) {
    for (int i = from; i < text.length(); i++) {
      if (stops.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
