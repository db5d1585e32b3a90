package dev.tourmaline.engine.internal.effect;

/** Checks of what a rule's author writes. */
final class Checked {

  private Checked() {}

  /** {@return a share that leaves something on both sides} */
  static double share(String what, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s: is %s, must be above 0 and below 1".formatted(what, value));
    }
    return value;
  }
}
