package dev.tourmaline.engine;

import dev.tourmaline.engine.RuleBases.Outcome;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules that an engine with tenants begins with: what compiling them has come to, by product.
 *
 * @param engine the engine's own, for the products that are not named; empty where there are none
 * @param byTenant each tenant's
 */
record TenantRules(Optional<Outcome> engine, Map<String, Outcome> byTenant) {

  /**
   * {@return the outcomes; each different text is compiled once}
   *
   * @param rules the engine's own rules
   * @throws InvalidRulesException where the engine's own rules have errors
   */
  static TenantRules compile(
      List<Tenant> tenants, Optional<Function<RuleBases, RuleBase>> rules, RuleBases bases) {
    List<RuleSet> texts = tenants.stream().flatMap(tenant -> tenant.ruleSet().stream()).toList();
    Map<RuleSet, Outcome> compiled = bases.ofAll(texts);
    Optional<Outcome> engine = rules.map(own -> new Outcome.Compiled(own.apply(bases)));
    Map<String, Outcome> byTenant = new HashMap<>();
    for (Tenant tenant : tenants) {
      Optional<Outcome> own =
          tenant
              .ruleBase()
              .<Outcome>map(Outcome.Compiled::new)
              .or(() -> tenant.ruleSet().map(text -> Objects.requireNonNull(compiled.get(text))))
              .or(() -> engine);
      byTenant.put(tenant.productId(), own.orElseThrow());
    }
    return new TenantRules(engine, byTenant);
  }

  Outcome of(String productId) {
    return Objects.requireNonNull(byTenant.get(productId));
  }

  /**
   * Checks that all have compiled.
   *
   * @throws InvalidRulesException with every problem of every tenant's rules
   */
  void requireAll() {
    List<RuleProblem> problems =
        byTenant.values().stream()
            .filter(Outcome.Refused.class::isInstance)
            .flatMap(refused -> ((Outcome.Refused) refused).problems().problems().stream())
            .distinct()
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidRulesException(problems);
    }
  }
}
