package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.fact.PresentFact;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a session's visitor is, and which exceptions of rules hold there. */
final class Whereabouts {

  /** Those of a visitor whose session has ended: he is on no page. */
  static final Surroundings GONE = new Surroundings(Optional.of(""), Set.of());

  private Whereabouts() {}

  /** The moment of a fact other than an action, at which nothing has to travel. */
  static Moment moment(Cause cause, UserSession session, Instant arrivedAt, String outcomeOf) {
    return new Moment(
        cause, session.history.newestPath().text(), Duration.ZERO, arrivedAt, outcomeOf);
  }

  /**
   * What is known of the visitor for some offers.
   *
   * @param clock the value of the session clock at which exceptions are asked
   */
  static Surroundings of(UserSession session, List<Offer> offers, RuleProgram program, long clock) {
    Set<String> excepted = new HashSet<>(0);
    for (Offer offer : offers) {
      if (!offer.terms().unless().isEmpty()) {
        PresentFact present =
            new PresentFact(session.key(), session.userId, session.history, clock);
        if (program.isExcepted(offer.rule(), present)) {
          excepted.add(offer.rule());
        }
      }
    }
    return new Surroundings(Optional.of(session.history.newestPath().text()), excepted);
  }
}
