package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.fact.HistoryFact;

/**
 * An offer of a rule before it has an id: its tour, because of a fact.
 *
 * @param rule the rule
 * @param fact the fact that matched
 * @param reason the rule's own words
 */
public record Proposal(RuleDefinition rule, HistoryFact fact, String reason) {}
