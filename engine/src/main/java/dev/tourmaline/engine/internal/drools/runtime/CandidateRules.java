package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.prefilter.RulePrefilter;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import java.util.Arrays;

/**
 * The rules that may match the current fact, and what they need of it once it belongs to the past.
 * Belongs to one lane.
 */
final class CandidateRules {

  /** A bit for each rule of the program. */
  final long[] mask;

  private final RuleProgram program;
  private final boolean prefiltered;
  private final RulePrefilter.CallResults calls;
  private long retention;
  private int reads;

  CandidateRules(RuleProgram program, boolean prefiltered) {
    this.program = program;
    this.prefiltered = prefiltered;
    this.calls = program.prefilter().newResults();
    this.mask = new long[program.words()];
  }

  boolean isPrefiltered() {
    return prefiltered;
  }

  /** Selects those for a fact, without the ones in quarantine. */
  void select(HistoryFact fact) {
    if (prefiltered) {
      program.prefilter().mark(fact, calls, mask);
      retention = calls.retention();
      reads = calls.reads();
    } else {
      Arrays.fill(mask, -1L);
      retention = program.retentionMillis();
      reads = program.reads(mask);
    }
    program.quarantine().apply(mask);
  }

  /** How long they need the fact, in milliseconds. */
  long retention() {
    return retention;
  }

  /** The texts that they may read of it later, as bits of {@code ActionText}. */
  int reads() {
    return reads;
  }
}
