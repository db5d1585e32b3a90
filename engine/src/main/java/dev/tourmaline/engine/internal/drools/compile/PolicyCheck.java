package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.policy.Contradictions;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleProblem.Severity;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The check of rules against the policy under which they are to run. */
public final class PolicyCheck {

  private static final String POLICY = "policy";

  private PolicyCheck() {}

  /** {@return what can never admit a tour; empty while the rules have errors} */
  public static List<RuleProblem> of(RuleSet rules, TriggerPolicy policy) {
    List<RuleProblem> found = new ArrayList<>();
    for (String message : Contradictions.of(policy)) {
      found.add(new RuleProblem(Severity.WARNING, POLICY, 0, "", message));
    }
    Problems problems = new Problems();
    RuleLoader loader = RuleLoader.load(rules, problems);
    if (problems.hasErrors()) {
      return found;
    }
    for (LoadedRule loaded : loader.rules()) {
      RuleDefinition rule = loaded.definition();
      for (String message : Contradictions.of(policy, rule.terms(), onlyPage(rule))) {
        found.add(
            new RuleProblem(Severity.WARNING, rule.source(), rule.line(), rule.name(), message));
      }
    }
    return found;
  }

  /** The page that a rule of one pattern asks for by its path; empty text if there is none. */
  private static String onlyPage(RuleDefinition rule) {
    if (rule.patterns().size() != 1 || rule.patterns().get(0).negated()) {
      return "";
    }
    PatternText pattern = rule.patterns().get(0);
    return pattern.constraints().stream()
        .flatMap(constraint -> terms(ConstraintExpression.parse(constraint)))
        .flatMap(term -> page(term).stream())
        .findFirst()
        .orElse("");
  }

  private static Stream<ConstraintExpression> terms(ConstraintExpression expression) {
    return expression instanceof And and
        ? and.terms().stream().flatMap(PolicyCheck::terms)
        : Stream.of(expression);
  }

  private static Optional<String> page(ConstraintExpression term) {
    return term instanceof Compare compare
            && compare.operator() == Operator.EQUAL
            && compare.left() instanceof Property property
            && property.name().equals("path")
            && compare.right() instanceof Literal literal
            && literal.value() instanceof String path
        ? Optional.of(path)
        : Optional.empty();
  }
}
