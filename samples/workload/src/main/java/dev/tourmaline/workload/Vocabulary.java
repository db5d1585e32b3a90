package dev.tourmaline.workload;

import java.util.Locale;

/** How many different texts a stream holds. */
public enum Vocabulary {
  /** The site's own few thousand, which all visitors repeat. */
  CLOSED,
  /** Without end, as on real sites; the {@link Wording} says what share of what is new. */
  OPEN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
