package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.Fact;

/**
 * The first constraint of every pattern, injected by the rule compiler: whether the rule may match
 * the fact at all. Carries the prefilter's verdict, quarantine and evaluation without a rule that
 * failed.
 */
public final class RuleGate {

  private RuleGate() {}

  public static boolean admits(Fact fact, int rule) {
    return ((HistoryFact) fact).isEnabled(rule);
  }
}
