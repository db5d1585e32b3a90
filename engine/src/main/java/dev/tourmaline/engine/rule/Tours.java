package dev.tourmaline.engine.rule;

import dev.tourmaline.engine.fact.Fact;

/**
 * What a rule's consequence may do: offer a tour. Bound as the global {@code tours} in every rule
 * file.
 */
public interface Tours {

  /**
   * Offers the tour that the rule's {@code @flow} names. Offering twice in one consequence is one
   * offer.
   *
   * @param because the fact whose moment this is
   * @param reason why, in words a colleague understands; it is recorded with the decision
   */
  void offer(Fact because, String reason);
}
