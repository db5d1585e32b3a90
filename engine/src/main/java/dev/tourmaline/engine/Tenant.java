package dev.tourmaline.engine;

import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.util.Objects;
import java.util.Optional;

/**
 * A tenant of an engine: one product, with rules and a policy of its own, behind a bulkhead. It has
 * lanes, sessions, slots and counters for itself, so that what its rules or its traffic do reaches
 * no other tenant, and shares sources, sinks, listeners, ledger and clock. What is not given is
 * that of the engine. Immutable and thread-safe; made by {@link #of(String)}.
 *
 * <p>The pattern is that of the bulkhead (Nygard, "Release It!", 2007): rules that fail, do not
 * return or ask for too much memory are switched off, and cost their own product its time. Threads
 * that do not return burn a processor all the same: a tenant may lose as many as it has lanes, at
 * least two; then all its rules are switched off, until so many have come back or the process is
 * started again.
 */
public final class Tenant {

  private final String productId;
  private final Optional<RuleSet> rules;
  private final Optional<RuleBase> ruleBase;
  private final Optional<TriggerPolicy> policy;
  private final Optional<SessionLimits> limits;

  private Tenant(
      String productId,
      Optional<RuleSet> rules,
      Optional<RuleBase> ruleBase,
      Optional<TriggerPolicy> policy,
      Optional<SessionLimits> limits) {
    this.productId = productId;
    this.rules = rules;
    this.ruleBase = ruleBase;
    this.policy = policy;
    this.limits = limits;
  }

  /**
   * {@return a tenant that has the engine's rules, policy and limits}
   *
   * @param productId the product's id in its events, not blank
   * @throws IllegalArgumentException if the id is blank
   */
  public static Tenant of(String productId) {
    if (productId.isBlank()) {
      throw new IllegalArgumentException("productId is '" + productId + "', it must not be blank");
    }
    return new Tenant(
        productId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * {@return this tenant with rules of its own, instead of the engine's}
   *
   * @param own the rules to begin with. Tenants with the same texts share what is compiled. Where
   *     they do not compile, the tenant starts without rules and the others with theirs, unless
   *     {@link TourEngineBuilder#allRulesRequired()} says otherwise
   */
  public Tenant rules(RuleSet own) {
    Objects.requireNonNull(own, "own");
    return new Tenant(productId, Optional.of(own), Optional.empty(), policy, limits);
  }

  /**
   * {@return this tenant with compiled rules of its own, instead of the engine's}
   *
   * @param own the rules to begin with, which others may share
   */
  public Tenant rules(RuleBase own) {
    Objects.requireNonNull(own, "own");
    return new Tenant(productId, Optional.empty(), Optional.of(own), policy, limits);
  }

  /**
   * {@return this tenant with a policy of its own, instead of the engine's}
   *
   * @param own when a tour is welcome
   */
  public Tenant policy(TriggerPolicy own) {
    Objects.requireNonNull(own, "own");
    return new Tenant(productId, rules, ruleBase, Optional.of(own), limits);
  }

  /**
   * {@return this tenant with limits of its own, instead of an even share of the engine's}
   *
   * @param own how long its sessions last, and how many it may have
   */
  public Tenant limits(SessionLimits own) {
    Objects.requireNonNull(own, "own");
    return new Tenant(productId, rules, ruleBase, policy, Optional.of(own));
  }

  /** {@return the product's id} */
  public String productId() {
    return productId;
  }

  Optional<RuleSet> ruleSet() {
    return rules;
  }

  Optional<RuleBase> ruleBase() {
    return ruleBase;
  }

  Optional<TriggerPolicy> policy() {
    return policy;
  }

  Optional<SessionLimits> limits() {
    return limits;
  }

  /** Whether it follows the engine's rules. */
  boolean followsEngine() {
    return rules.isEmpty() && ruleBase.isEmpty();
  }
}
