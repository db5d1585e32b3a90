package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.user.Pseudonym;

/** Keys spread over 64 bits, whichever of their bits differ. */
final class Spread {

  private Spread() {}

  static long of(Pseudonym user) {
    return mix(user.high() + 0x9E37_79B9_7F4A_7C15L * mix(user.low()));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long mix(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ mixed >>> 31;
  }
}
