package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.prefilter.RulePrefilter.CallResults;

/** A compiled condition over a fact, evaluated without Drools and without allocation. */
@FunctionalInterface
interface Condition {

  boolean holds(SessionFact fact, CallResults results);

  /** A numeric value read from a fact; booleans are 1 or 0. */
  @FunctionalInterface
  interface Value {
    double of(SessionFact fact, CallResults results);
  }
}
