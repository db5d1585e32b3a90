package dev.tourmaline.engine.internal.explain;

import dev.tourmaline.engine.explain.Explanation.PastAction;
import dev.tourmaline.engine.explain.RuleAccount;
import dev.tourmaline.engine.explain.RuleAccount.Check;
import dev.tourmaline.engine.explain.RuleAccount.Missed;
import dev.tourmaline.engine.explain.RuleAccount.Untold;
import dev.tourmaline.engine.explain.RuleAccount.Verdict;
import dev.tourmaline.engine.internal.drools.model.AbsenceWindow;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.ElapsedFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.history.ActionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What of a session came nearest to a rule that offered nothing: the constraints of its first
 * pattern, asked one by one of the past facts. A linear scan; its cost is facts times constraints.
 */
final class NearestMiss {

  private final RuleDefinition rule;
  private final OptionalInt pattern;
  private final List<AskedConstraint> constraints;

  NearestMiss(RuleDefinition rule) {
    this.rule = rule;
    List<PatternText> patterns = rule.patterns();
    this.pattern =
        IntStream.range(0, patterns.size())
            .filter(i -> !patterns.get(i).negated() && patterns.get(i).extra().isEmpty())
            .findFirst();
    this.constraints =
        pattern.isEmpty()
            ? List.of()
            : asked().constraints().stream()
                .flatMap(text -> AskedConstraint.of(asked().factType(), text).stream())
                .toList();
  }

  private PatternText asked() {
    return rule.patterns().get(pattern.orElseThrow());
  }

  /** {@return how many constraints are asked of each fact} */
  int constraints() {
    return constraints.size();
  }

  /**
   * {@return the account of the rule}
   *
   * @param most how many facts are asked at most
   */
  RuleAccount among(PastFacts past, int most) {
    if (pattern.isEmpty()) {
      return untold("its conditions count or group facts, which can be told only while it runs");
    }
    List<Long> wanted =
        constraints.stream()
            .map(AskedConstraint::expression)
            .flatMap(AskedConstraint::reached)
            .distinct()
            .sorted()
            .toList();
    return switch (asked().factType()) {
      case "Idle" -> among(past.silences(most, wanted));
      case "Dwell" -> among(past.stays(most, wanted));
      case "Summary" -> untold("it waits for a summary, and summaries are not kept");
      case "TourOutcome" -> untold("it waits for the outcome of a tour, and outcomes are not kept");
      default -> among(past.actions(most));
    };
  }

  private Untold untold(String why) {
    return new Untold(rule.name(), rule.flowId(), why);
  }

  private RuleAccount among(List<HistoryFact> facts) {
    Optional<Miss> nearest = facts.stream().map(this::miss).reduce(Miss::nearer);
    return nearest
        .map(Miss::fact)
        .map(this::account)
        .orElseGet(() -> untold("nothing of it is kept"));
  }

  /** By how many constraints a fact misses the pattern, and by how much these. */
  private record Miss(HistoryFact fact, int failed, double distance) {

    /** The nearer one of two, the first of equals. */
    Miss nearer(Miss other) {
      boolean isOther =
          other.failed < failed || other.failed == failed && other.distance < distance;
      return isOther ? other : this;
    }
  }

  private Miss miss(HistoryFact fact) {
    int failed = 0;
    double distance = 0;
    for (AskedConstraint constraint : constraints) {
      if (constraint.verdict(fact) == Verdict.FAILS) {
        failed++;
        distance += constraint.distance(fact);
      }
    }
    return new Miss(fact, failed, distance);
  }

  private RuleAccount account(HistoryFact fact) {
    List<Check> checks = new ArrayList<>();
    constraints.forEach(constraint -> checks.add(constraint.check(fact)));
    AbsenceWindow.of(
            asked().factType(), constraints.stream().map(AskedConstraint::expression).toList())
        .filter(fact::blindWithin)
        .ifPresent(
            window ->
                checks.add(
                    new Check(
                        "!blindWithin(\"%s\")".formatted(window),
                        Verdict.FAILS,
                        "events were lost, so that what did not happen is not known")));
    return new Missed(rule.name(), rule.flowId(), past(fact), checks, remark(checks));
  }

  private String remark(List<Check> checks) {
    if (checks.stream().anyMatch(check -> check.verdict() == Verdict.FAILS)) {
      return "";
    }
    int more = rule.patterns().size() - 1;
    if (more > 0) {
      return "its first pattern could match; the rule waits for %d more".formatted(more);
    }
    return checks.stream().anyMatch(check -> check.verdict() == Verdict.NOT_KNOWN)
        ? "what is still known of it holds"
        : "all of it holds: the rule came into force later, or its decision is not kept any more";
  }

  private static PastAction past(HistoryFact fact) {
    String kind =
        fact instanceof ActionFact action
            ? ActionKind.type(action.kind())
            : fact instanceof ElapsedFact.OfIdling ? "idle" : "dwell";
    return new PastAction(
        kind.isEmpty() ? "action" : kind, fact.getPath(), Instant.ofEpochMilli(fact.getAt()));
  }
}
