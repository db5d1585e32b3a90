package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.Window;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * One user interface action, just taken in.
 *
 * <p>A step rule starts from it and asks the rest of the history through it. It stays in the Drools
 * session only for rules that join it with later ones, and then for as long as the longest of those
 * rules looks back; the expiry below only keeps Drools from choosing a shorter time by itself.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
@Expires("48h")
public interface Action extends SessionFact {

  /** {@return the lower-case type: pageview, click, submit, type, focus, blur or a newer one} */
  @Predicate(
      help =
          "Type of the action in lower case: pageview, click, submit, type, focus, blur, or any newer one",
      example = "type == \"drag\"")
  String getType();

  /** {@return whether this is a page view} */
  @Predicate(help = "True for a page view", example = "pageview")
  boolean isPageview();

  /** {@return whether this is a click} */
  @Predicate(help = "True for a click", example = "click")
  boolean isClick();

  /** {@return whether this is a submit} */
  @Predicate(help = "True for a submitted form", example = "submit")
  boolean isSubmit();

  /** {@return whether something was typed} */
  @Predicate(help = "True for text typed into a field", example = "typing")
  boolean isTyping();

  /** {@return whether a field was entered} */
  @Predicate(help = "True for a field entered", example = "focus")
  boolean isFocus();

  /** {@return whether a field was left} */
  @Predicate(help = "True for a field left", example = "blur")
  boolean isBlur();

  /** {@return whether this is a page view that begins a visit} */
  @Predicate(
      help = "True for a page view that begins a visit; false for a reload",
      example = "visit")
  boolean isVisit();

  /** {@return the human-readable label} */
  @Predicate(
      help = "Label of the element or page, as the connector names it",
      example = "title == \"Click Export CSV button\"")
  String getTitle();

  /** {@return what the user did, in words} */
  @Predicate(help = "What the user did, in words", example = "description contains \"error\"")
  String getDescription();

  /** {@return the path of the URL as the browser showed it} */
  @Predicate(
      help = "Path of the URL as the browser showed it, with its ids",
      example = "rawPath == \"/invoices/17\"")
  String getRawPath();

  /** {@return the query of the URL as the browser showed it, without the question mark} */
  @Predicate(
      help = "Query of the URL, without the question mark",
      example = "query contains \"plan=pro\"")
  String getQuery();

  /** {@return the fragment of the URL as the browser showed it, without the hash} */
  @Predicate(help = "Fragment of the URL, without the hash", example = "fragment == \"invoices\"")
  String getFragment();

  /** {@return the host of the URL as the browser showed it} */
  @Predicate(help = "Host of the URL, without the port", example = "host == \"app.example.com\"")
  String getHost();

  /**
   * {@return how many clicks on this very element, that is this page and title, the window holds}
   *
   * @param window how far back
   */
  @Predicate(
      help = "Number of clicks within the window on this element, that is this page and title",
      example = "elementClicksWithin(\"1s\") >= 3",
      absence = Absence.WHEN_FEW)
  int elementClicksWithin(@Window String window);
}
