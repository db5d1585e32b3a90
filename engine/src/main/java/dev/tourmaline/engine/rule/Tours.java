package dev.tourmaline.engine.rule;

import dev.tourmaline.engine.fact.Fact;

/**
 * The output of rules: a consequence offers a tour. Bound as the global {@code tours} in every rule
 * file.
 */
public interface Tours {

  /**
   * Offers the tour that the rule's {@code @flow} names. Offering twice in one consequence is one
   * offer.
   *
   * @param because the fact that matched
   * @param reason why, in words a colleague understands; it is recorded with the decision
   */
  void offer(Fact because, String reason);
}
