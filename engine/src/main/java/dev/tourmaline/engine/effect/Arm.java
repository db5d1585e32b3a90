package dev.tourmaline.engine.effect;

/** The two groups that chance makes of the users of a rule. */
public enum Arm {
  /** Would have got the tour and was admitted to it, whether it was then shown or not. */
  TREATED,
  /** Would have got the tour and was held out, to see what happens without. */
  HELD_OUT
}
