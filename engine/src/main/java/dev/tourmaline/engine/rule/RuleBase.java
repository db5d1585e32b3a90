package dev.tourmaline.engine.rule;

import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import java.util.List;

/** Rules, compiled and ready for any number of engines. Immutable and thread-safe. */
public final class RuleBase {

  private RuleBase() {}

  /**
   * Compiles rules without keeping the outcome.
   *
   * @param rules the rules
   * @return every problem of every file, errors and warnings, in order of file and line; empty if
   *     all is well
   */
  public static List<RuleProblem> check(RuleSet rules) {
    Compilation compilation = RuleCompiler.compile(rules);
    if (compilation instanceof Compilation.Compiled compiled) {
      compiled.rules().close();
      return compiled.warnings();
    }
    return ((Compilation.Refused) compilation).problems();
  }
}
