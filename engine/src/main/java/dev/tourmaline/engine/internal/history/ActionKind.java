package dev.tourmaline.engine.internal.history;

import dev.tourmaline.engine.event.UiAction;
import java.util.List;

/** The connector's action types, encoded as small numbers. */
public final class ActionKind {

  public static final int OTHER = 0;
  public static final int PAGEVIEW = 1;
  public static final int CLICK = 2;
  public static final int SUBMIT = 3;
  public static final int TYPE = 4;
  public static final int FOCUS = 5;
  public static final int BLUR = 6;

  /** Where a kind stands among the other bits that a history keeps of an action. */
  static final int BITS = 0x0F;

  /** How many there are. */
  public static final int COUNT = 7;

  /** Any kind, where a query does not care. */
  public static final int ANY = -1;

  private static final List<String> TYPES =
      List.of("", "pageview", "click", "submit", "type", "focus", "blur");

  /** The property of an action that is true for each kind, by number; other kinds have none. */
  private static final List<String> PROPERTIES =
      List.of("other kinds", "pageview", "click", "submit", "typing", "focus", "blur");

  private ActionKind() {}

  public static int of(String type) {
    return switch (type) {
      case "pageview" -> PAGEVIEW;
      case "click" -> CLICK;
      case "submit" -> SUBMIT;
      case "type" -> TYPE;
      case "focus" -> FOCUS;
      case "blur" -> BLUR;
      default -> OTHER;
    };
  }

  /** {@return the type of a kind; empty text for the other kinds} */
  public static String type(int kind) {
    return TYPES.get(kind);
  }

  /** {@return the number of the kind for which a property of an action is true; ANY for none} */
  public static int ofProperty(String property) {
    return PROPERTIES.indexOf(property);
  }

  /** The title; types that have no number of their own stay apart through it. */
  static String identity(int kind, UiAction action) {
    return kind == OTHER ? action.type() + '\n' + action.title() : action.title();
  }
}
