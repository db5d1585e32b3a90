package dev.tourmaline.engine.explain;

import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why tours were, or were not, offered to a session: what is known of it, the last decisions, and
 * how near each rule came. Made at one moment of the session. Immutable.
 *
 * @param session the session
 * @param visit what is known of the visitor; empty where the session is not known: no action of it
 *     came, it has ended, or its user objects
 * @param decisions the last decisions, oldest first
 * @param rules an account of each rule, in the order of the rules; none where the session is not
 *     known
 * @param rulesLeftOut of how many rules no account was made, to bound the work
 */
public record Explanation(
    SessionKey session,
    Optional<Visit> visit,
    List<RecordedDecision> decisions,
    List<RuleAccount> rules,
    int rulesLeftOut) {

  /**
   * Copies the lists.
   *
   * @param session the session
   * @param visit what is known of the visitor
   * @param decisions the last decisions
   * @param rules an account of each rule
   * @param rulesLeftOut of how many rules no account was made
   */
  public Explanation {
    decisions = List.copyOf(decisions);
    rules = List.copyOf(rules);
  }

  /**
   * {@return the explanation of a session that is not known}
   *
   * @param session the session
   * @param decisions the last decisions, which may outlast it
   */
  public static Explanation ofUnknown(SessionKey session, List<RecordedDecision> decisions) {
    return new Explanation(session, Optional.empty(), decisions, List.of(), 0);
  }

  /**
   * What is known of a visitor.
   *
   * @param userKnown whether his user is
   * @param actions how many of his actions are kept
   * @param last the newest one; empty while none is
   */
  public record Visit(boolean userKnown, int actions, Optional<PastAction> last) {}

  /**
   * What is kept of an action.
   *
   * @param kind its type, such as {@code pageview}; {@code action} for one of the types of which
   *     only their being is kept; {@code idle} and {@code dwell} for the silence after it and the
   *     stay that it began
   * @param page the path of its page
   * @param at when it happened, or the silence or the stay came to its length
   */
  public record PastAction(String kind, String page, Instant at) {}
}
