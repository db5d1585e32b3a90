package dev.tourmaline.engine.event;

/**
 * The type of an action that came without one, where its title plainly says it. Connectors word
 * titles from the action: {@code Page Load: Dashboard}, {@code Click Export CSV}, {@code CLICK
 * Summary}, {@code Clicked 'Buy Now'}.
 *
 * <p>Plain is a leading verb, or the name of a page view; letter case is no matter. {@code Submit
 * button} names an element, and says nothing of what was done to it.
 */
final class PlainTitle {

  /** What stands alone or before a colon; a title may as well begin so and be of an element. */
  private static final String[] PAGE_VIEWS = {"page load", "page view", "pageview"};

  /** Leading words, each with the type that it says. */
  private static final String[][] VERBS = {
    {"click", "click"},
    {"clicked", "click"},
    {"navigated to", "pageview"},
    {"viewed", "pageview"},
    {"visited", "pageview"},
    {"submit", "submit"},
    {"submitted", "submit"},
    {"type", "type"},
    {"typed", "type"},
    {"focus", "focus"},
    {"focused", "focus"},
    {"blur", "blur"},
    {"blurred", "blur"}
  };

  /** What makes of an imperative the label of an element; nobody submits or types a button. */
  private static final String BUTTON = " button";

  private PlainTitle() {}

  /** {@return the type that a title plainly says, or empty text} */
  static String type(String title) {
    String plain = title.strip();
    for (String view : PAGE_VIEWS) {
      if (begins(plain, view)
          && (plain.length() == view.length() || plain.charAt(view.length()) == ':')) {
        return "pageview";
      }
    }
    for (String[] verb : VERBS) {
      if (begins(plain, verb[0]) && isWholeWord(plain, verb[0].length())) {
        return isLabel(plain, verb[0]) ? "" : verb[1];
      }
    }
    return "";
  }

  private static boolean begins(String title, String words) {
    return title.regionMatches(true, 0, words, 0, words.length());
  }

  private static boolean isWholeWord(String title, int end) {
    return title.length() == end
        || title.charAt(end) == ':'
        || Character.isWhitespace(title.charAt(end));
  }

  private static boolean isLabel(String title, String verb) {
    return (verb.equals("submit") || verb.equals("type"))
        && title.regionMatches(true, title.length() - BUTTON.length(), BUTTON, 0, BUTTON.length());
  }
}
