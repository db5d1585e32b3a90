package dev.tourmaline.engine.internal.fact;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule may read of an action beyond its kind, its time and its page. Of past actions no more
 * is kept than the loaded rules read; their ordinals are part of the format of session logs.
 */
public enum ActionText {
  TITLE("title"),
  DESCRIPTION("description"),
  RAW_PATH("rawPath"),
  QUERY("query"),
  FRAGMENT("fragment"),
  HOST("host"),
  /** What tells the action from all others: the id of a trigger is made of it. */
  IDENTITY("identity"),
  /** The element it was on, for queries of the history. */
  ELEMENT("elementClicksWithin");

  private final String property;

  ActionText(String property) {
    this.property = property;
  }

  /** {@return the text that a word of a rule reads: a property, or the getter of one} */
  public static Optional<ActionText> readBy(String word) {
    for (ActionText text : values()) {
      if (word.equals(text.property) || word.equals(text.getter())) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private String getter() {
    return "get" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
  }

  /** {@return texts as bits} */
  public static int bits(Set<ActionText> texts) {
    int bits = 0;
    for (ActionText text : texts) {
      bits |= text.bit();
    }
    return bits;
  }

  /** {@return the bits of all texts} */
  public static int all() {
    return bits(EnumSet.allOf(ActionText.class));
  }

  /** {@return its bit} */
  public int bit() {
    return 1 << ordinal();
  }

  /** {@return whether it is among some bits} */
  public boolean isIn(int bits) {
    return (bits & bit()) != 0;
  }
}
