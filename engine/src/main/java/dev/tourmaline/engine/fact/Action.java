package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.fact.Predicate.Window;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The fact of one user interface action that has just arrived.
 *
 * <p>A step rule matches it alone and queries the session's history through its predicates. It is
 * retained in the Drools session only for rules that join it with later facts, and for the longest
 * of their windows; the expiry below only keeps Drools from inferring a shorter one.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("48h")
public interface Action extends SessionFact {

  @Predicate(
      help =
          "Type of the action in lower case: pageview, click, submit, type, focus, blur, or any newer one; empty if neither type nor title says",
      example = "type == \"drag\"")
  String getType();

  @Predicate(help = "True for a page view", example = "pageview")
  default boolean isPageview() {
    return getType().equals("pageview");
  }

  @Predicate(help = "True for a click", example = "click")
  default boolean isClick() {
    return getType().equals("click");
  }

  @Predicate(help = "True for a submitted form", example = "submit")
  default boolean isSubmit() {
    return getType().equals("submit");
  }

  @Predicate(help = "True for text typed into a field", example = "typing")
  default boolean isTyping() {
    return getType().equals("type");
  }

  @Predicate(help = "True for a field entered", example = "focus")
  default boolean isFocus() {
    return getType().equals("focus");
  }

  @Predicate(help = "True for a field left", example = "blur")
  default boolean isBlur() {
    return getType().equals("blur");
  }

  @Predicate(
      help = "True for a page view that begins a visit; false for a reload",
      example = "visit")
  boolean isVisit();

  @Predicate(
      help = "Label of the element or page, as the connector names it",
      example = "title == \"Click Export CSV button\"")
  String getTitle();

  @Predicate(help = "What the user did, in words", example = "description contains \"error\"")
  String getDescription();

  @Predicate(
      help = "Path of the URL as the browser showed it, with its ids",
      example = "rawPath == \"/invoices/17\"")
  String getRawPath();

  @Predicate(
      help = "Query of the URL, without the question mark",
      example = "query contains \"plan=pro\"")
  String getQuery();

  @Predicate(help = "Fragment of the URL, without the hash", example = "fragment == \"invoices\"")
  String getFragment();

  @Predicate(help = "Host of the URL, without the port", example = "host == \"app.example.com\"")
  String getHost();

  @Predicate(
      help = "Number of clicks within the window on this element, that is this page and title",
      example = "elementClicksWithin(\"1s\") >= 3")
  int elementClicksWithin(@Window String window);
}
