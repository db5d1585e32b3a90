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
 * <p>Nothing throws: a malformed window is empty. Belongs to the thread of its session.
 */
public interface SessionFact extends Fact, WindowCounts {

  @Predicate(
      help = "Id of the session; the user's id where events carry no session",
      example = "sessionId == \"ps_1\"")
  String getSessionId();

  @Predicate(help = "Id of the product", example = "productId == \"prod_abc\"")
  String getProductId();

  @Predicate(help = "Id of the user; empty while unknown", example = "userId != \"\"")
  String getUserId();

  @Predicate(
      help =
          "Path of the page's canonical URL, in which variable parts read :id; empty without a page",
      example = "path == \"/settings/billing\"")
  String getPath();

  @Predicate(help = "True if the page matches", example = "onPath(\"/settings/**\")")
  boolean onPath(@PathGlob String glob);

  @Predicate(
      help = "Seconds since the current visit began; 0 without a visit",
      example = "secondsOnPage >= 60")
  double getSecondsOnPage();

  @Predicate(
      help = "Number of actions in the current visit, its first page view included",
      example = "actionsOnPage <= 5")
  int getActionsOnPage();

  @Predicate(
      help = "Path of the visit before the current one; empty without one",
      example = "previousPage == \"/pricing\"")
  String getPreviousPage();

  @Predicate(
      help = "True if the visit before the current one was to a matching page",
      example = "cameFrom(\"/pricing\")")
  boolean cameFrom(@PathGlob String from);

  @Predicate(
      help =
          "True if the two visits before the current one were to matching pages: first two visits ago, then one visit ago",
      example = "cameFrom(\"/pricing\", \"/faq\")")
  boolean cameFrom(@PathGlob String from, @PathGlob String byWayOf);

  @Predicate(
      help = "True if this page view completes an A-B-A that began within the window",
      example = "pingPong(\"2m\")")
  default boolean pingPong(@Window String window) {
    return pingPong(1, window);
  }

  @Predicate(
      help =
          "True if this page view completes an A-B-A and at least so many, overlapping ones included, began within the window",
      example = "pingPong(2, \"5m\")")
  boolean pingPong(int cycles, @Window String window);

  @Predicate(
      help = "True if this page view completes an A-B-A whose B began within the window",
      example = "uTurn(\"7s\")")
  boolean uTurn(@Window String window);

  @Predicate(
      help =
          "True if a coverage gap touches the window; a pattern that names it loses the implicit check",
      example = "!blindWithin(\"10m\")",
      absence = Absence.NEVER)
  boolean blindWithin(@Window String window);
}
