package dev.tourmaline.engine.explain;

import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import java.util.List;

/** How a rule stands with a session. */
public sealed interface RuleAccount {

  /** {@return the rule's name} */
  String rule();

  /** {@return the tour's id at its provider} */
  String flowId();

  /** {@return how it stands as one stable word: {@code decided}, {@code missed}, {@code untold}} */
  String word();

  /**
   * The rule has offered its tour, and the policy has decided.
   *
   * @param rule the rule's name
   * @param flowId its flow
   * @param last the last decision
   */
  record Decided(String rule, String flowId, RecordedDecision last) implements RuleAccount {
    @Override
    public String word() {
      return "decided";
    }
  }

  /**
   * The rule has offered nothing, and this is what came nearest: of the session's last actions the
   * one of which most constraints of the rule's pattern hold, among equals that whose numbers come
   * nearest, then the newest.
   *
   * @param rule the rule's name
   * @param flowId its flow
   * @param nearest the action
   * @param checks the pattern's constraints, as they are with that action
   * @param remark what else there is to know; may be empty
   */
  record Missed(
      String rule, String flowId, Explanation.PastAction nearest, List<Check> checks, String remark)
      implements RuleAccount {

    /**
     * Copies the checks.
     *
     * @param rule the rule's name
     * @param flowId its flow
     * @param nearest the action
     * @param checks the pattern's constraints
     * @param remark what else there is to know
     */
    public Missed {
      checks = List.copyOf(checks);
    }

    @Override
    public String word() {
      return "missed";
    }
  }

  /**
   * Nothing can be told.
   *
   * @param rule the rule's name
   * @param flowId its flow
   * @param why why not, in words
   */
  record Untold(String rule, String flowId, String why) implements RuleAccount {
    @Override
    public String word() {
      return "untold";
    }
  }

  /**
   * A constraint of a rule, asked of one action.
   *
   * @param constraint the constraint in the rule's own language
   * @param verdict whether it holds
   * @param detail with which numbers, such as {@code 2 of 3}; may be empty
   */
  record Check(String constraint, Verdict verdict, String detail) {}

  /** Whether a constraint holds. */
  enum Verdict {
    /** It does. */
    HOLDS,
    /** It does not. */
    FAILS,
    /** What it asks for is not known any more, or can be told while the rule runs alone. */
    NOT_KNOWN
  }
}
