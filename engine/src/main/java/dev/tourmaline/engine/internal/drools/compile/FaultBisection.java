package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.compile.KieCompilation.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Isolates the rules that Drools refuses, by bisection: O(k log n) compilations for k of n rules. A
 * message about one rule alone can be translated for its author.
 */
final class FaultBisection {

  private final Problems problems;
  private final Map<String, LoadedRule> byName = new HashMap<>();
  private final List<DrlFile> files;
  private boolean found;

  FaultBisection(RuleLoader loader, Problems problems) {
    this.problems = problems;
    this.files = new ArrayList<>(loader.files());
    loader.rules().forEach(rule -> byName.putIfAbsent(rule.text.name(), rule));
  }

  void search(List<LoadedRule> rules, List<Diagnostic> together) {
    Set<DrlFile> faulty = new HashSet<>();
    for (Diagnostic diagnostic : compile(List.of())) {
      fileOf(diagnostic)
          .ifPresent(
              file -> {
                faulty.add(file);
                new DroolsFault(diagnostic, List.of()).report(file, problems);
              });
    }
    found = !faulty.isEmpty();
    files.removeAll(faulty);
    List<LoadedRule> rest =
        rules.stream().filter(rule -> !faulty.contains(rule.text.file())).toList();
    if (!rest.isEmpty() && (faulty.isEmpty() || !compile(rest).isEmpty())) {
      split(rest);
    }
    if (!found) {
      together.forEach(
          diagnostic ->
              fileOf(diagnostic)
                  .or(() -> files.stream().findFirst())
                  .ifPresent(file -> new DroolsFault(diagnostic, together).report(file, problems)));
    }
  }

  /** Bisects rules that Drools refuses together. */
  private void split(List<LoadedRule> rules) {
    if (rules.size() == 1) {
      explain(rules.get(0));
      return;
    }
    int half = rules.size() / 2;
    for (List<LoadedRule> part :
        List.of(rules.subList(0, half), rules.subList(half, rules.size()))) {
      if (part.size() == 1) {
        explain(part.get(0));
      } else if (!compile(part).isEmpty()) {
        split(part);
      }
    }
  }

  private void explain(LoadedRule rule) {
    List<Diagnostic> diagnostics = compile(List.of(rule));
    for (Diagnostic diagnostic : diagnostics) {
      found = true;
      new DroolsFault(diagnostic, diagnostics).report(rule, problems);
    }
  }

  private List<Diagnostic> compile(List<LoadedRule> rules) {
    List<LoadedRule> all = new ArrayList<>(rules);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).parentName().map(byName::get).filter(p -> !all.contains(p)).ifPresent(all::add);
    }
    KieCompilation compilation = KieCompilation.run(() -> RuleCompiler.texts(files, all));
    compilation.discard();
    return compilation.errors();
  }

  private Optional<DrlFile> fileOf(Diagnostic diagnostic) {
    String path = diagnostic.path();
    return files.stream()
        .filter(
            file ->
                path.endsWith(file.path())
                    || path.contains("/" + file.packageName().replace('.', '/') + "/"))
        .findFirst();
  }
}
