package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.drools.runtime.Proposal;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Offer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Makes offers of what rules have proposed. Belongs to one thread. */
final class OfferFactory {

  /** Drools leaves the order of matches undefined; the output is deterministic all the same. */
  static final Comparator<Offer> IN_ORDER =
      Comparator.comparing(Offer::at).thenComparing(Offer::rule).thenComparing(Offer::id);

  private final TriggerIds ids = new TriggerIds();

  void addTo(List<Offer> offers, UserSession session, List<Proposal> proposals, Moment moment) {
    for (int i = 0; i < proposals.size(); i++) {
      offers.add(offer(session, proposals.get(i), moment));
    }
  }

  private Offer offer(UserSession session, Proposal proposal, Moment moment) {
    RuleDefinition rule = proposal.rule();
    HistoryFact fact = proposal.fact();
    return new Offer(
        ids.of(session.key(), rule.name(), rule.flowId(), fact.identity()),
        session.key(),
        session.userId,
        rule.name(),
        rule.flowId(),
        rule.priority(),
        rule.salience(),
        proposal.reason(),
        Instant.ofEpochMilli(fact.getAt()),
        moment,
        rule.terms());
  }
}
