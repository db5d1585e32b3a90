package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import java.util.Comparator;
import java.util.Optional;

/** Attributes an exception out of an evaluation to the rule that threw it. */
final class FailureAttribution {

  private FailureAttribution() {}

  /**
   * {@return the rule}
   *
   * <p>An exception in a condition names the rules that share it; any of them that could take the
   * fact would have thrown. Else the stack may lead through a condition; else it was the rule that
   * fired.
   *
   * @param fault what was thrown
   */
  static Optional<RuleDefinition> of(
      RuleFault fault, RuleProgram program, long[] mask, Optional<RuleDefinition> fired) {
    String message = fault.message();
    return program.rules().stream()
        .filter(rule -> RuleMask.holds(mask, rule) && message.contains(rule.name()))
        // One rule's name may begin another's.
        .max(Comparator.comparingInt(rule -> rule.name().length()))
        .or(() -> program.named(program.ruleWithConditionIn(fault.stack())))
        .or(() -> fired)
        .filter(rule -> RuleMask.holds(mask, rule));
  }
}
