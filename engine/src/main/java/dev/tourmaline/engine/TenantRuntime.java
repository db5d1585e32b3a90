package dev.tourmaline.engine;

import dev.tourmaline.engine.internal.live.EngineRuntime;
import dev.tourmaline.engine.internal.live.LiveSettings;
import dev.tourmaline.engine.internal.live.SharedStages;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.Optional;

/** The runtime of one tenant, with the rules that are in force in it. Thread-safe. */
final class TenantRuntime extends EngineRuntime {

  private volatile String refused = "";

  private volatile boolean follows;

  private TenantRuntime(
      LiveSettings settings, RuleBase rules, SharedStages shared, String id, boolean follows) {
    super(settings, rules.newProgram(), shared, id);
    this.follows = follows;
  }

  /**
   * Assembles a runtime, not started yet; one without rules where they do not compile.
   *
   * @param id the product, or empty text for all that are not named
   * @param follows whether its rules are the engine's
   */
  static TenantRuntime of(
      LiveSettings settings,
      RuleBases.Outcome outcome,
      SharedStages shared,
      String id,
      boolean follows) {
    if (outcome instanceof RuleBases.Outcome.Compiled compiled) {
      return new TenantRuntime(settings, compiled.rules(), shared, id, follows);
    }
    InvalidRulesException problems = ((RuleBases.Outcome.Refused) outcome).problems();
    TenantRuntime empty =
        new TenantRuntime(settings, RuleBase.compile(RuleSet.empty()), shared, id, follows);
    empty.refused =
        "without rules, for they do not compile (problems: %d, the first: %s)"
            .formatted(problems.problems().size(), problems.problems().get(0));
    return empty;
  }

  /**
   * Replaces the rules.
   *
   * @param own whether they are its own from now on, and not the engine's
   */
  void replaceRules(RuleBase next, boolean own) {
    moveTo(next.newProgram());
    refused = "";
    follows &= !own;
  }

  /** {@return whether its rules are the engine's} */
  boolean follows() {
    return follows;
  }

  @Override
  protected Optional<String> hindrance() {
    return refused.isEmpty() ? super.hindrance() : Optional.of(refused);
  }
}
