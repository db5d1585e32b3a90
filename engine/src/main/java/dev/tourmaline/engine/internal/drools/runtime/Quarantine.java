package dev.tourmaline.engine.internal.drools.runtime;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A circuit breaker for rules: three failures open it, or one that costs a lane's time, until the
 * rules are replaced. Thread-safe.
 */
final class Quarantine {

  private static final int LIMIT = 3;

  private final AtomicIntegerArray failures;
  private volatile boolean any;

  Quarantine(int rules) {
    failures = new AtomicIntegerArray(rules);
  }

  /** Counts a failure; {@return whether the rule is switched off now} */
  boolean recordFailure(int rule) {
    boolean out = failures.incrementAndGet(rule) >= LIMIT;
    any |= out;
    return out;
  }

  /** Switches a rule off at once; {@return that it is so now} */
  boolean switchOff(int rule) {
    failures.set(rule, LIMIT);
    any = true;
    return true;
  }

  boolean holds(int rule) {
    return any && failures.get(rule) >= LIMIT;
  }

  /** Clears the bits of the rules that are switched off. */
  void apply(long[] mask) {
    if (!any) {
      return;
    }
    for (int rule = 0; rule < failures.length(); rule++) {
      if (failures.get(rule) >= LIMIT) {
        mask[rule >> 6] &= ~(1L << rule);
      }
    }
  }
}
