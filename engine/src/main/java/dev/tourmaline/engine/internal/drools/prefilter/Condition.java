package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.prefilter.RulePrefilter.CallResults;

/** A condition over a fact that can be told without Drools. Allocates nothing. */
@FunctionalInterface
interface Condition {

  boolean holds(SessionFact fact, CallResults results);

  /** A number that a fact answers; a truth is 1 or 0. */
  @FunctionalInterface
  interface Value {
    double of(SessionFact fact, CallResults results);
  }
}
