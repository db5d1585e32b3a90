package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.RuleDefinition;

/** A bit set of rules by their index. */
final class RuleMask {

  private RuleMask() {}

  static boolean holds(long[] mask, RuleDefinition rule) {
    return (mask[rule.index() >> 6] >> rule.index() & 1) != 0;
  }

  static void remove(long[] mask, RuleDefinition rule) {
    mask[rule.index() >> 6] &= ~(1L << rule.index());
  }

  static boolean isEmpty(long[] mask) {
    for (long word : mask) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }
}
