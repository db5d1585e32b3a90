package dev.tourmaline.engine.internal.drools.runtime;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which rules have failed how often. After three strikes a rule is switched off. Thread-safe. */
final class Quarantine {

  private static final int STRIKES = 3;

  private final AtomicIntegerArray strikes;
  private volatile boolean any;

  Quarantine(int rules) {
    strikes = new AtomicIntegerArray(rules);
  }

  /** Counts a failure; {@return whether the rule is switched off now} */
  boolean strike(int rule) {
    boolean out = strikes.incrementAndGet(rule) >= STRIKES;
    any |= out;
    return out;
  }

  boolean holds(int rule) {
    return any && strikes.get(rule) >= STRIKES;
  }

  /** Clears the bits of the rules that are switched off. */
  void apply(long[] mask) {
    if (!any) {
      return;
    }
    for (int rule = 0; rule < strikes.length(); rule++) {
      if (strikes.get(rule) >= STRIKES) {
        mask[rule >> 6] &= ~(1L << rule);
      }
    }
  }
}
