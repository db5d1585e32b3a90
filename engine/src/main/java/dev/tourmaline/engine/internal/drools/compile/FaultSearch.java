package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.compile.KieCompilation.Complaint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds which rules Drools refuses by compiling halves of them, and halves of those. What Drools
 * says of a rule alone can be told in its author's words.
 */
final class FaultSearch {

  private final Problems problems;
  private final Map<String, LoadedRule> byName = new HashMap<>();
  private final List<DrlFile> files;
  private boolean found;

  FaultSearch(RuleLoader loader, Problems problems) {
    this.problems = problems;
    this.files = new ArrayList<>(loader.files());
    loader.rules().forEach(rule -> byName.putIfAbsent(rule.text.name(), rule));
  }

  void search(List<LoadedRule> rules, List<Complaint> together) {
    Set<DrlFile> faulty = new HashSet<>();
    for (Complaint complaint : compile(List.of())) {
      fileOf(complaint)
          .ifPresent(
              file -> {
                faulty.add(file);
                new DroolsFault(complaint, List.of()).report(file, problems);
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
          complaint ->
              fileOf(complaint)
                  .or(() -> files.stream().findFirst())
                  .ifPresent(file -> new DroolsFault(complaint, together).report(file, problems)));
    }
  }

  /** Looks into rules that Drools refuses together. */
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
    List<Complaint> complaints = compile(List.of(rule));
    for (Complaint complaint : complaints) {
      found = true;
      new DroolsFault(complaint, complaints).report(rule, problems);
    }
  }

  private List<Complaint> compile(List<LoadedRule> rules) {
    List<LoadedRule> all = new ArrayList<>(rules);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).parentName().map(byName::get).filter(p -> !all.contains(p)).ifPresent(all::add);
    }
    KieCompilation compilation = KieCompilation.run(RuleCompiler.texts(files, all));
    compilation.discard();
    return compilation.errors();
  }

  private Optional<DrlFile> fileOf(Complaint complaint) {
    String path = complaint.path();
    return files.stream()
        .filter(
            file ->
                path.endsWith(file.path())
                    || path.contains("/" + file.packageName().replace('.', '/') + "/"))
        .findFirst();
  }
}
