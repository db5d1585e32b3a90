package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A linter: reports what Drools would accept and the engine refuses, and what costs too much. */
final class RuleLint {

  static final Set<String> INSERTS = Set.of("insert", "insertLogical", "insertAsync");
  private static final Set<String> CHANGES = Set.of("modify", "update");

  private final LoadedRule rule;
  private final RuleText text;
  private final Map<String, Duration> expiring;
  private final Problems problems;

  private RuleLint(LoadedRule rule, Map<String, Duration> expiring, Problems problems) {
    this.rule = rule;
    this.text = rule.text;
    this.expiring = expiring;
    this.problems = problems;
  }

  /** Checks a rule. */
  static void check(LoadedRule rule, Map<String, Duration> expiring, Problems problems) {
    RuleLint lint = new RuleLint(rule, expiring, problems);
    lint.checkPatterns();
    lint.checkConsequence();
    if (!rule.isStep() && !rule.patterns.isEmpty()) {
      lint.checkCost();
    }
  }

  private void checkPatterns() {
    if (rule.patterns.isEmpty() && !checkSpelling()) {
      problems.error(
          text,
          text.line(),
          "the rule looks at none of the facts %s; begin with one, such as $a : Action( pageview )"
              .formatted(String.join(", ", PredicateTable.facts())));
    }
  }

  /** Whether the rule misspells a fact. */
  private boolean checkSpelling() {
    List<DrlToken> tokens = text.conditions();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      DrlToken type = tokens.get(i);
      boolean pattern = type.kind() == DrlToken.Kind.WORD && tokens.get(i + 1).is("(");
      if (pattern && !text.file().defines(type.text()) && FactVocabulary.isMisspelt(type.text())) {
        problems.error(text, type.line(), FactVocabulary.unknown(type.text()));
        return true;
      }
    }
    return false;
  }

  private void checkConsequence() {
    List<DrlToken> tokens = text.consequence();
    boolean acts = false;
    for (int i = 0; i < tokens.size(); i++) {
      DrlToken token = tokens.get(i);
      boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
      boolean free =
          i == 0 || !tokens.get(i - 1).is(".") || tokens.get(Math.max(0, i - 2)).is("drools");
      if (called && free && INSERTS.contains(token.text())) {
        acts = true;
        checkInsert(tokens, i);
      } else if (called && free && CHANGES.contains(token.text()) && expiring.isEmpty()) {
        problems.error(
            text,
            token.line(),
            "'%s' changes a fact; what a session has seen does not change".formatted(token.text()));
      }
      acts |= token.is(FactVocabulary.TOURS_NAME);
    }
    if (!acts) {
      problems.warning(
          text, text.consequenceLine(), "the rule offers no tour; write tours.offer($a, \"why\");");
    }
  }

  private void checkInsert(List<DrlToken> tokens, int at) {
    boolean made = at + 3 < tokens.size() && tokens.get(at + 2).is("new");
    String type = made ? tokens.get(at + 3).text() : "";
    boolean copied = !made && at + 2 < tokens.size() && !expiring.isEmpty();
    if (!copied && !expiring.containsKey(type)) {
      problems.error(
          text,
          tokens.get(at).line(),
          ("'%s' of a fact that never expires cannot survive a session's sleep; declare its type"
                  + " with @role( event ) and @expires( 10m )")
              .formatted(tokens.get(at).text()));
    }
  }

  private void checkCost() {
    List<PatternText> patterns = rule.patternTexts();
    PatternText first = patterns.get(0);
    if (first.extra().contains("accumulate") || first.extra().contains("window")) {
      problems.warning(
          text,
          first.line(),
          "begins with an accumulate or a window, which every session pays for at every action;"
              + " begin with the action that completes the moment and ask it for the count, such"
              + " as Action( pageview, visitsWithin(\"10m\") >= 3 )");
    }
    for (PatternText pattern : patterns) {
      if (pattern.constraints().isEmpty()) {
        problems.warning(
            text,
            pattern.line(),
            "%s() without constraints keeps every %s of the session; name the type and the page,"
                    .formatted(pattern.factType(), pattern.factType())
                + " such as Action( click, path == \"/pricing\" )");
      }
    }
    if (Retention.span(rule).isEmpty()) {
      problems.warning(
          text,
          first.line(),
          "does not say within what time its facts belong together, so they are kept for 24 h; add"
              + " such as this after[0s,10m] $a, or ask the first fact for its history");
    }
  }
}
