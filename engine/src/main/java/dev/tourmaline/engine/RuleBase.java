package dev.tourmaline.engine;

import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.CompileCache;
import dev.tourmaline.engine.internal.drools.compile.PolicyCheck;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled rules, shared by any number of engines, replays and tests.
 *
 * <p>Compile once, for that takes a second and more, and share: each engine keeps for itself which
 * rules it has quarantined. Immutable and thread-safe. There is nothing to close: the generated
 * classes are unloaded once neither the base nor an engine that uses it is reachable.
 */
public final class RuleBase {

  private static final Logger LOG = LoggerFactory.getLogger(RuleBase.class);

  private final CompiledRules rules;

  RuleBase(CompiledRules rules) {
    this.rules = rules;
  }

  /** What an engine that uses the rules keeps of them. */
  CompiledRules compiled() {
    return rules;
  }

  /**
   * {@return the rules, compiled; warnings are logged}
   *
   * @param rules the rules
   * @throws InvalidRulesException with every problem of every file
   */
  public static RuleBase compile(RuleSet rules) {
    return compile(rules, Optional.empty());
  }

  /**
   * {@return the rules, compiled, or loaded if they were compiled before; warnings are logged}
   *
   * @param rules the rules
   * @param cache the folder that keeps compiled rules, made if it does not exist, and used under
   *     the conditions of {@link TourEngineBuilder#compileCache}
   * @throws InvalidRulesException with every problem of every file
   */
  public static RuleBase compile(RuleSet rules, Path cache) {
    return compile(rules, Optional.of(cache));
  }

  static RuleBase compile(RuleSet rules, Optional<Path> cache) {
    Compilation compilation =
        cache
            .map(folder -> CompileCache.in(folder).compile(rules))
            .orElseGet(() -> RuleCompiler.compile(rules));
    if (compilation instanceof Compilation.Refused refused) {
      throw new InvalidRulesException(refused.problems());
    }
    Compilation.Compiled compiled = (Compilation.Compiled) compilation;
    compiled.warnings().forEach(warning -> LOG.warn("{}", warning));
    return new RuleBase(compiled.rules());
  }

  /**
   * Compiles rules without loading the outcome: nothing of a rule runs.
   *
   * @param rules the rules
   * @return every problem of every file, errors and warnings, in order of file and line; empty if
   *     all is well
   */
  public static List<RuleProblem> check(RuleSet rules) {
    return RuleCompiler.check(rules);
  }

  /**
   * Says which rules can never have a tour admitted under a policy, and which limits are never
   * reached. Nothing is compiled.
   *
   * @param rules the rules
   * @param policy the policy of the product that uses them
   * @return a warning for each, with file and line, those of the policy itself with the file {@code
   *     policy}; empty if there are none, or while the rules have errors
   */
  public static List<RuleProblem> contradictions(RuleSet rules, TriggerPolicy policy) {
    return PolicyCheck.of(rules, policy);
  }

  /** The rules' executable form for one engine or replay, with a quarantine of its own. */
  RuleProgram newProgram() {
    return new RuleProgram(rules);
  }
}
