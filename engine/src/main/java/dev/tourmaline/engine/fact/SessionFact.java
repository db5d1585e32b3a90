package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.PathGlob;
import dev.tourmaline.engine.fact.Predicate.Window;

/**
 * A fact of a user session, and the predicates over the session's history that a rule may ask
 * through it.
 *
 * <p>Windows are text such as {@code 10m} (see {@link Windows}), reach back from this fact's own
 * time and include both ends. Pages are told apart by the path of their canonical URL; a glob such
 * as {@code /settings/**} names several, {@code **} all. Where no page is named, this fact's own is
 * meant. Counts include the action that this fact is.
 *
 * <p>A visit is a page view whose raw path differs from that of the page view before it, so reloads
 * collapse and {@code /invoices/1}, {@code /invoices/2} are two visits of {@code /invoices/:id}.
 *
 * <p>Nothing throws: what is no window is an empty one. Belongs to the thread of its session.
 */
public interface SessionFact extends Fact, WindowCounts {

  /** {@return the session's id} */
  @Predicate(help = "The session's id", example = "sessionId == \"ps_1\"")
  String getSessionId();

  /** {@return the product's id} */
  @Predicate(help = "The product's id", example = "productId == \"prod_abc\"")
  String getProductId();

  /** {@return the user's id, or empty text while unknown} */
  @Predicate(help = "The user's id; empty while unknown", example = "userId != \"\"")
  String getUserId();

  /** {@return the path of the canonical URL of this fact's page, or empty text} */
  @Predicate(
      help = "Path of the canonical URL of the page; :id stays",
      example = "path == \"/settings/billing\"")
  String getPath();

  /**
   * {@return whether this fact's page matches}
   *
   * @param glob the pages
   */
  @Predicate(
      help = "Whether this fact's page is one of those named",
      example = "onPath(\"/settings/**\")")
  boolean onPath(@PathGlob String glob);

  /** {@return the seconds since the visit that goes on now began; 0 if there is none} */
  @Predicate(help = "Seconds since the current visit began", example = "secondsOnPage >= 60")
  double getSecondsOnPage();

  /** {@return how many actions the visit that goes on now holds, its first view included} */
  @Predicate(
      help = "Actions of the current visit, its first view included",
      example = "actionsOnPage <= 5")
  int getActionsOnPage();

  /** {@return the path of the visit before the one that goes on now, or empty text} */
  @Predicate(
      help = "Path of the visit before the current one",
      example = "previousPage == \"/pricing\"")
  String getPreviousPage();

  /**
   * {@return whether the visit before the one that goes on now matches}
   *
   * @param from its pages, a glob
   */
  @Predicate(
      help = "Whether the visit before was to one of the pages named",
      example = "cameFrom(\"/pricing\")")
  boolean cameFrom(@PathGlob String from);

  /**
   * {@return whether the visitor came from one page by way of another}
   *
   * @param from the pages two visits ago, a glob
   * @param byWayOf the pages of the visit before, a glob
   */
  @Predicate(
      help = "Whether the two visits before were to the pages named, in this order",
      example = "cameFrom(\"/pricing\", \"/faq\")")
  boolean cameFrom(@PathGlob String from, @PathGlob String byWayOf);

  /**
   * {@return whether this page view completes an A-B-A within the window: three runs of views in a
   * row, the first and the third of one page, measured from first view to first view}
   *
   * @param window how far back the first view of the first may lie
   */
  @Predicate(
      help = "Whether this view completes an A-B-A between two pages within the window",
      example = "pingPong(\"2m\")",
      absence = Absence.WHEN_FEW)
  default boolean pingPong(@Window String window) {
    return pingPong(1, window);
  }

  /**
   * {@return whether this page view completes the n-th A-B-A within the window, overlapping ones
   * included}
   *
   * @param cycles n
   * @param window how far back the first view of the first may lie
   */
  @Predicate(
      help = "Whether this view completes the n-th A-B-A within the window",
      example = "pingPong(2, \"5m\")",
      absence = Absence.WHEN_FEW)
  boolean pingPong(int cycles, @Window String window);

  /**
   * {@return whether this page view completes an A-B-A whose B was short}
   *
   * @param window how long B may have lasted at most
   */
  @Predicate(
      help = "Whether this view completes an A-B-A whose B lasted no longer",
      example = "uTurn(\"7s\")",
      absence = Absence.WHEN_FEW)
  boolean uTurn(@Window String window);

  /**
   * {@return whether a coverage gap, an interval in which the session could not be seen, touches
   * the window}
   *
   * @param window how far back
   */
  @Predicate(
      help =
          "Whether the stream could not be seen at some time within the window (a coverage gap); naming it takes over the check that absence makes by itself",
      example = "!blindWithin(\"10m\")")
  boolean blindWithin(@Window String window);
}
