package dev.tourmaline.engine.trigger;

/** Whether what a rule offers reaches visitors. */
public enum Mode {
  /** It does. */
  LIVE,
  /** It reaches nobody; the decision is recorded as {@code shadow} where it would have. */
  SHADOW,
  /** It reaches testers alone: whoever is in the segment {@code testers}. */
  TEST
}
