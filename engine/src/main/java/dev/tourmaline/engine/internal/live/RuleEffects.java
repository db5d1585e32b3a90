package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.effect.ExperimentTerms;
import dev.tourmaline.engine.internal.effect.Experiments;
import dev.tourmaline.engine.internal.history.ActionKind;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Goal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the rules of an engine bring about: who of those that were admitted, and of those that were
 * held out, reached the goal of the rule. Thread-safe.
 */
final class RuleEffects {

  private final PolicyMemory policy;
  private final double holdoutOfAll;
  private final Experiments experiments = new Experiments(Experiments.Bounds.DEFAULT);
  private volatile List<Target> targets = List.of();

  /** What reaches the goal of a rule. */
  private record Target(String rule, int kind, String page) {}

  RuleEffects(PolicyMemory policy, double holdoutOfAll) {
    this.policy = policy;
    this.holdoutOfAll = holdoutOfAll;
  }

  /** Watches the goals of a program's rules; those that are unchanged go on. */
  synchronized void define(RuleProgram program) {
    List<Target> next = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RuleDefinition rule : program.rules()) {
      if (rule.terms().goal().isPresent()) {
        Goal goal = rule.terms().goal().get();
        names.add(rule.name());
        next.add(new Target(rule.name(), ActionKind.of(goal.kind()), goal.page()));
        experiments.define(
            rule.name(), ExperimentTerms.of(goal, holdoutOfAll, rule.terms().holdout()));
      }
    }
    experiments.retain(names);
    targets = List.copyOf(next);
  }

  /** Takes in a decision: only whether chance admitted or held out counts, never what was seen. */
  void decided(Decision decision, Instant now) {
    boolean treated = decision instanceof Decision.Admitted;
    if (decision.offer().terms().goal().isPresent()
        && (treated || decision instanceof Decision.HeldOut)) {
      experiments.decided(
          decision.offer().rule(),
          policy.pseudonymOf(decision.offer().session(), decision.offer().userId()),
          treated ? Arm.TREATED : Arm.HELD_OUT,
          policy.isTester(decision.offer()),
          now);
    }
  }

  /** Takes in an action: looks at its kind and page before it asks who has done it. */
  void acted(SessionKey session, String userId, int kind, String page, Instant now) {
    if (experiments.isIdle()) {
      return;
    }
    List<Target> all = targets;
    Set<String> reached = null;
    for (Target target : all) {
      if (target.kind() == kind && PolicyMemory.isOn(target.page(), page)) {
        reached = reached == null ? new HashSet<>() : reached;
        reached.add(target.rule());
      }
    }
    if (reached != null) {
      experiments.reached(policy.pseudonymOf(session, userId), now, reached::contains);
    }
  }

  /** A session's user has become known. */
  void userKnown(SessionKey session, String userId) {
    if (!targets.isEmpty()) {
      experiments.merged(policy.pseudonymOfSession(session), policy.pseudonymOf(session, userId));
    }
  }

  void advance(Instant now) {
    experiments.advance(now);
  }

  EffectReport report(Instant now) {
    return experiments.report(now);
  }
}
