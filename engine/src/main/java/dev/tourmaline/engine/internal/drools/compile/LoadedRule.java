package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.drools.drl.ast.descr.RuleDescr;

/** A rule that parses, checked as far as is possible without Drools. */
final class LoadedRule {

  final int index;
  final RuleText text;
  final List<FactPattern> patterns;
  private final RuleHeader header;
  private final RuleShape shape;
  private final Duration derivedLife;
  private final boolean joinsOnly;
  private final List<FactPattern.Constraint> unsound = new ArrayList<>();
  private boolean renamed;

  private LoadedRule(
      int index,
      RuleText text,
      RuleHeader header,
      RuleDescr parsed,
      Map<String, Duration> expiring) {
    this.index = index;
    this.text = text;
    this.header = header;
    this.patterns = FactPattern.of(text);
    this.shape = new RuleShape(text, parsed, patterns);
    boolean inserts =
        text.consequence().stream().anyMatch(t -> RuleLint.INSERTS.contains(t.text()));
    this.joinsOnly = header.plain() && expiring.isEmpty() && shape.isConjunction(patterns);
    this.derivedLife =
        inserts ? expiring.values().stream().reduce(Duration.ZERO, Duration::plus) : Duration.ZERO;
  }

  static LoadedRule load(
      int index,
      RuleText text,
      RuleHeader header,
      RuleDescr parsed,
      Map<String, Duration> expiring,
      Problems problems) {
    LoadedRule rule = new LoadedRule(index, text, header, parsed, expiring);
    rule.check(expiring, problems);
    return rule;
  }

  /** Constraints already reported as faulty, which are withheld from Drools. */
  List<FactPattern.Constraint> unsound() {
    return unsound;
  }

  /** Whether Drools could find further faults in the rest of the rule. */
  boolean isWorthCompiling() {
    return header.sound()
        && unsound.stream().noneMatch(FactPattern.Constraint::binds)
        && patterns.stream().noneMatch(FactPattern::positional);
  }

  /** Gives the rule a name of its own for Drools, so that a repeated name hides no other fault. */
  void rename(boolean repeated) {
    renamed = repeated;
  }

  boolean isRenamed() {
    return renamed;
  }

  String uniqueName() {
    return "rule " + index;
  }

  /** The rule whose conditions this one extends. */
  Optional<String> parentName() {
    List<DrlToken> head = text.headTokens();
    for (int i = 0; i + 1 < head.size(); i++) {
      if (head.get(i).is("extends")) {
        return Optional.of(head.get(i + 1).unquoted());
      }
    }
    return Optional.empty();
  }

  RuleDefinition definition() {
    return new RuleDefinition(
        index,
        text.name(),
        text.file().packageName(),
        text.file().name,
        text.line(),
        header.flowId(),
        header.priority(),
        header.salience(),
        isStep(),
        patternTexts(),
        header.terms(),
        Retention.of(this));
  }

  /** How long facts live that follow from one which this rule inserts; zero if it inserts none. */
  Duration derivedLife() {
    return derivedLife;
  }

  List<PatternText> patternTexts() {
    return shape.texts(patterns, joinsOnly);
  }

  boolean isStep() {
    return shape.isStep() && header.plain() && derivedLife.isZero();
  }

  private void check(Map<String, Duration> expiring, Problems problems) {
    Set<String> variables = ConstraintCheck.variables(text);
    for (FactPattern pattern : patterns) {
      ConstraintCheck.checkPattern(text, pattern, problems);
      TimerReach.check(text, pattern, problems);
      for (FactPattern.Constraint constraint : pattern.constraints()) {
        if (!new ConstraintCheck(text, pattern, constraint, variables, problems).passes()) {
          unsound.add(constraint);
        }
      }
    }
    RuleLint.check(this, expiring, problems);
  }
}
