package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.PatternText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.CollectDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.PatternSourceDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Classifies a rule by its parse tree: step rule, plain join, or neither. */
final class RuleShape {

  private final RuleText rule;
  private final List<Place> places = new ArrayList<>();
  private final boolean conjunction;
  private final boolean step;

  RuleShape(RuleText rule, RuleDescr parsed, List<FactPattern> patterns) {
    this.rule = rule;
    walk(parsed.getLhs(), false, "");
    this.conjunction = isConjunction(parsed);
    this.step = conjunction && patterns.size() == 1;
  }

  /** Whether the conditions are one plain positive pattern on a fact. */
  boolean isStep() {
    return step;
  }

  /** Whether the conditions are these patterns and nothing else, each a plain one on an action. */
  boolean isConjunction(List<FactPattern> patterns) {
    return conjunction
        && places.size() == patterns.size()
        && patterns.stream().allMatch(pattern -> pattern.fact().equals("Action"));
  }

  List<PatternText> texts(List<FactPattern> patterns, boolean joinsOnly) {
    List<Duration> spans = joinsOnly ? PatternSpans.of(patterns) : List.of();
    TextReads reads = new TextReads(rule);
    List<PatternText> texts = new ArrayList<>();
    boolean told = places.size() == patterns.size();
    for (int i = 0; i < patterns.size(); i++) {
      FactPattern pattern = patterns.get(i);
      Place place = told ? places.get(i) : new Place(false, "unknown");
      texts.add(
          new PatternText(
              pattern.fact(),
              pattern.type().line(),
              pattern.constraints().stream().map(FactPattern.Constraint::text).toList(),
              place.negated,
              pattern.binding(),
              place.extra.strip(),
              joinsOnly ? Optional.of(spans.get(i)) : Optional.empty(),
              reads.of(pattern)));
    }
    return texts;
  }

  private boolean isConjunction(RuleDescr parsed) {
    return isConjunction(parsed.getLhs())
        && parsed.getNamedConsequences().isEmpty()
        && !parsed.hasParent();
  }

  private boolean isConjunction(BaseDescr descr) {
    if (descr instanceof AndDescr and) {
      return and.getDescrs().stream().allMatch(this::isConjunction);
    }
    return descr instanceof PatternDescr pattern
        && pattern.getSource() == null
        && pattern.getBehaviors().isEmpty()
        && !pattern.isQuery()
        && isFact(pattern);
  }

  private boolean isFact(PatternDescr pattern) {
    return FactVocabulary.factNamed(pattern.getObjectType(), rule.file()).isPresent();
  }

  private void walk(BaseDescr descr, boolean negated, String extra) {
    if (descr instanceof PatternDescr pattern) {
      pattern(pattern, negated, extra);
      return;
    }
    boolean within = negated || descr instanceof NotDescr || descr instanceof ForallDescr;
    String more = extra;
    if (descr instanceof ExistsDescr) {
      more += " exists";
    } else if (descr instanceof OrDescr) {
      more += " or";
    }
    if (descr instanceof ConditionalElementDescr group) {
      for (Object child : group.getDescrs()) {
        walk((BaseDescr) child, within, more);
      }
    }
  }

  private void pattern(PatternDescr pattern, boolean negated, String extra) {
    PatternSourceDescr source = pattern.getSource();
    if (isFact(pattern)) {
      String more = extra;
      more += pattern.getBehaviors().isEmpty() ? "" : " window";
      more += source == null ? "" : " from";
      places.add(new Place(negated, more));
    }
    if (source instanceof AccumulateDescr accumulate) {
      walk(accumulate.getInput(), negated, extra + " accumulate");
    } else if (source instanceof CollectDescr collect) {
      walk(collect.getInputPattern(), negated, extra + " accumulate");
    }
  }

  private record Place(boolean negated, String extra) {}
}
