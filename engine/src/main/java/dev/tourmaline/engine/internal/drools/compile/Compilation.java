package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.rule.RuleProblem;
import java.util.List;

/** The result of a compilation. */
public sealed interface Compilation {

  /**
   * They can run.
   *
   * @param rules the rules
   * @param warnings what could be better
   */
  record Compiled(CompiledRules rules, List<RuleProblem> warnings) implements Compilation {}

  /**
   * They cannot run, not even in part.
   *
   * @param problems every error of every source, and the warnings
   */
  record Refused(List<RuleProblem> problems) implements Compilation {}
}
