package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.internal.fact.RuleGate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rewrites a file's text for Drools: supplies what the author left out, and injects into every
 * pattern on a fact the {@code RuleGate} constraint and, for absence, the check for coverage gaps;
 * bounds what may run for ever. Keeps line numbers.
 */
final class InjectedText {

  private final DrlFile file;
  private final TextEdits edits;

  private InjectedText(DrlFile file) {
    this.file = file;
    this.edits = new TextEdits(file.drl);
  }

  /** {@return the text with some of the file's rules, the others blanked} */
  static String of(DrlFile file, Collection<LoadedRule> rules) {
    InjectedText injected = new InjectedText(file);
    injected.header();
    Map<RuleText, LoadedRule> kept = new HashMap<>();
    rules.forEach(rule -> kept.put(rule.text, rule));
    for (RuleText rule : file.rules) {
      if (kept.containsKey(rule)) {
        injected.rule(kept.get(rule));
      } else {
        injected.edits.replace(rule.startOffset(), rule.endOffset(), "");
      }
    }
    file.functionTexts.forEach(injected::code);
    file.queries.forEach(injected::conditions);
    return injected.edits.edited();
  }

  private void header() {
    StringBuilder supplied = new StringBuilder();
    if (!file.hasPackage()) {
      supplied.append("package ").append(file.packageName()).append("; ");
    } else {
      supplied.append(file.text.startsWith(";", file.headerOffset() - 1) ? " " : "; ");
    }
    for (PredicateTable table : PredicateTable.all()) {
      String fact = table.type().getName();
      if (!file.imports(fact) && !file.defines(table.type().getSimpleName())) {
        supplied.append("import ").append(fact).append("; ");
      }
    }
    boolean bound = file.globals.stream().anyMatch(g -> g.name().equals(FactVocabulary.TOURS_NAME));
    if (!bound) {
      supplied
          .append("global ")
          .append(FactVocabulary.TOURS)
          .append(' ')
          .append(FactVocabulary.TOURS_NAME)
          .append("; ");
    }
    edits.insert(file.headerOffset(), supplied.toString());
  }

  private void rule(LoadedRule rule) {
    String enabled = RuleGate.class.getName() + ".admits(this, " + rule.index + ")";
    List<PatternText> texts = rule.patternTexts();
    for (int i = 0; i < texts.size(); i++) {
      FactPattern pattern = rule.patterns.get(i);
      // Under a 'not', a gap in the window would make the rule come true rather than hold it back.
      Optional<String> absent = texts.get(i).negated() ? Optional.empty() : pattern.absenceWindow();
      String asked = " " + enabled + absent.map(w -> ", !blindWithin(\"" + w + "\")").orElse("");
      String separator = pattern.constraints().isEmpty() ? "" : ",";
      edits.insert(pattern.open(), asked + separator);
    }
    rule.unsound().forEach(fault -> edits.replace(fault.start(), fault.end(), enabled));
    conditions(rule.text.conditions());
    code(rule.text.consequence());
    if (rule.isRenamed()) {
      DrlToken name = file.tokens.get(rule.text.from() + 1);
      edits.replace(name.start(), name.end(), "\"" + rule.uniqueName() + "\"");
    }
  }

  private void conditions(List<DrlToken> conditions) {
    new MatchesRewrite(file, conditions, edits).rewrite();
    code(conditions);
  }

  private void code(List<DrlToken> code) {
    LoopPolls.inject(code, edits);
  }
}
