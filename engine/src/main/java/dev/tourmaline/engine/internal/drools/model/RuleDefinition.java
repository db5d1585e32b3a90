package dev.tourmaline.engine.internal.drools.model;

import dev.tourmaline.engine.trigger.RuleTerms;
import java.time.Duration;
import java.util.List;

/**
 * The metadata of a compiled rule.
 *
 * @param index its number in its rule base, from 0, in order of sources and lines
 * @param name its name, unique in the rule base
 * @param packageName its DRL package, supplied where its file has none
 * @param source the source it stands in, as its rule set names it
 * @param line the line of its name
 * @param flowId the tour's flow, from {@code @flow}
 * @param priority from {@code @priority}, 50 by default
 * @param salience Drools' salience, 0 by default
 * @param step whether it is a step rule: one positive pattern on a fact and nothing else; the
 *     others are event-pattern rules
 * @param patterns its patterns on facts, in the order in which they are written
 * @param terms on what terms its tours are shown
 * @param retention how long the facts that it matched must be retained; zero for a step rule
 */
public record RuleDefinition(
    int index,
    String name,
    String packageName,
    String source,
    int line,
    String flowId,
    int priority,
    int salience,
    boolean step,
    List<PatternText> patterns,
    RuleTerms terms,
    Duration retention) {

  /** Copies the patterns. */
  public RuleDefinition {
    patterns = List.copyOf(patterns);
  }

  /** Whether only facts complete its matches, never the passage of time. */
  boolean isTimeless() {
    return step || patterns.stream().allMatch(pattern -> pattern.span().isPresent());
  }
}
