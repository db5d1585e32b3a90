package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.event.UiAction;

/** The connector's action types, as the small numbers a history keeps. */
final class ActionKind {

  static final int OTHER = 0;
  static final int PAGEVIEW = 1;
  static final int CLICK = 2;
  static final int SUBMIT = 3;
  static final int TYPE = 4;
  static final int FOCUS = 5;
  static final int BLUR = 6;

  /** Where a kind stands among the other bits that a history keeps of an action. */
  static final int BITS = 0x0F;

  /** How many there are. */
  static final int COUNT = 7;

  /** Any kind, where a query does not care. */
  static final int ANY = -1;

  private ActionKind() {}

  static int of(String type) {
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

  /** The title; types that have no number of their own stay apart through it. */
  static String identity(int kind, UiAction action) {
    return kind == OTHER ? action.type() + '\n' + action.title() : action.title();
  }
}
