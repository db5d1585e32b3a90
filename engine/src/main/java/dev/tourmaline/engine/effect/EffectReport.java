package dev.tourmaline.engine.effect;

import java.time.Instant;
import java.util.List;

/**
 * The effects of all rules with a goal, at one time. May be read every day: with no effect
 * anywhere, the probability that any rule is ever called better or worse is at most {@code 1 -
 * confidence}. For that, each rule's interval is held to {@code 1 - (1 - confidence) / n} where
 * {@code n} rules are compared (Bonferroni's correction), so that a rule more makes all intervals a
 * little wider.
 *
 * @param at when
 * @param confidence of all intervals together, such as 0.95
 * @param rules the rules with a goal, by name
 */
public record EffectReport(Instant at, double confidence, List<RuleEffect> rules) {

  /**
   * Copies the list.
   *
   * @param at when
   * @param confidence of all intervals together
   * @param rules the rules with a goal
   */
  public EffectReport {
    rules = List.copyOf(rules);
  }
}
