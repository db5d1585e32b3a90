package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.history.PageUrl;
import dev.tourmaline.engine.internal.serial.SessionLog;

/**
 * The texts of a past action that the loaded rules read; the others are empty.
 *
 * @param bits which were kept, of {@link ActionText}
 * @param type its type, which always is
 * @param url a URL whose parts are those that were kept; the whole one for the identity
 * @param isRaw whether that is the raw URL, rather than the canonical one in its place
 */
record KeptTexts(
    int bits, String type, String title, String description, String url, boolean isRaw) {

  private static final String SCHEME = "x://";

  /** All of an action that has just arrived. */
  static KeptTexts all(UiAction action) {
    boolean isRaw = !action.rawUrl().isEmpty();
    return new KeptTexts(
        ActionText.all(),
        action.type(),
        action.title(),
        action.description(),
        isRaw ? action.rawUrl() : action.canonicalUrl(),
        isRaw);
  }

  KeptTexts only(int reads) {
    boolean identity = ActionText.IDENTITY.isIn(reads);
    return new KeptTexts(
        reads,
        type,
        identity || ActionText.TITLE.isIn(reads) ? title : "",
        ActionText.DESCRIPTION.isIn(reads) ? description : "",
        identity ? url : parts(reads),
        isRaw);
  }

  String rawUrl() {
    return isRaw ? url : "";
  }

  private String parts(int reads) {
    String host = ActionText.HOST.isIn(reads) ? PageUrl.host(url) : "";
    String path = ActionText.RAW_PATH.isIn(reads) ? PageUrl.path(url) : "";
    String query = ActionText.QUERY.isIn(reads) ? PageUrl.query(url) : "";
    String fragment = ActionText.FRAGMENT.isIn(reads) ? PageUrl.fragment(url) : "";
    return (host.isEmpty() ? "" : SCHEME + host)
        + path
        + (query.isEmpty() ? "" : "?" + query)
        + (fragment.isEmpty() ? "" : "#" + fragment);
  }

  /** An upper estimate of the memory they take, in bytes. */
  int weight() {
    return 2 * (type.length() + title.length() + description.length() + url.length());
  }

  void write(SessionLog.Writer log) {
    log.count(bits << 1 | (isRaw ? 1 : 0));
    log.text(type);
    log.text(title);
    log.text(description);
    log.text(url);
  }

  static KeptTexts read(SessionLog.Reader log) {
    int bits = log.index(log.count(), ActionText.all() + 1 << 1);
    return new KeptTexts(
        bits >> 1, log.text(), log.text(), log.text(), log.text(), (bits & 1) != 0);
  }
}
