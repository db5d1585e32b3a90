package dev.tourmaline.engine.internal.history;

/**
 * The parts of a URL. A page has two: the canonical one, whose variable parts are replaced by
 * {@code :id}, names the page, and the raw one is what the browser showed; each stands in for the
 * other where that is empty.
 */
public final class PageUrl {

  private PageUrl() {}

  /** {@return the path, without query and fragment; empty only for empty text} */
  public static String path(String url) {
    int start = pathStart(url);
    String path = url.substring(start, firstOf(url, start, "?#"));
    return path.isEmpty() && !url.isEmpty() ? "/" : path;
  }

  /** {@return the query, without the question mark} */
  public static String query(String url) {
    int hash = url.indexOf('#');
    String beforeHash = hash < 0 ? url : url.substring(0, hash);
    int question = beforeHash.indexOf('?');
    return question < 0 ? "" : beforeHash.substring(question + 1);
  }

  /** {@return the fragment, without the hash} */
  public static String fragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? "" : url.substring(hash + 1);
  }

  /** {@return the host, without user and port} */
  public static String host(String url) {
    int start = pathStart(url);
    if (start == 0) {
      return "";
    }
    String authority = url.substring(url.indexOf("://") + 3, start);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }

  private static int pathStart(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0 || scheme > firstOf(url, 0, "/?#")) {
      return 0;
    }
    return firstOf(url, scheme + 3, "/?#");
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
