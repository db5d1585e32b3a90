package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles rule sources, all or none of them. Stateless and thread-safe.
 *
 * <p>Each source is cut into rules, checked against the facts' vocabulary, completed, and compiled
 * together with the others. Where something is wrong anywhere, every fault of every source is
 * reported, with the line that its author wrote.
 */
public final class RuleCompiler {

  private RuleCompiler() {}

  /**
   * {@return the compiled rules, or everything that is wrong with them; never throws for what the
   * sources hold}
   */
  public static Compilation compile(RuleSet rules) {
    Problems problems = new Problems();
    RuleLoader loader = RuleLoader.load(rules, problems);
    List<LoadedRule> loaded = loader.rules();
    if (problems.hasErrors() && loaded.isEmpty()) {
      return new Compilation.Refused(problems.sorted(loader.allFiles()));
    }
    KieCompilation together = KieCompilation.run(texts(loader.files(), loaded));
    if (!together.errors().isEmpty()) {
      new FaultBisection(loader, problems).search(loaded, together.errors());
    }
    if (problems.hasErrors() || !together.errors().isEmpty()) {
      together.discard();
      return new Compilation.Refused(problems.sorted(loader.allFiles()));
    }
    List<RuleDefinition> definitions = loaded.stream().map(LoadedRule::definition).toList();
    try {
      return new Compilation.Compiled(
          new CompiledRules(together.release(), definitions), problems.sorted(loader.allFiles()));
    } catch (LinkageError | RuntimeException e) {
      // Loading runs the initialisers of what Drools has made of the rules.
      together.discard();
      String cause = String.valueOf(e.getCause() == null ? e : e.getCause());
      problems.error(loader.files().get(0), 0, "these rules cannot be loaded: " + cause);
      return new Compilation.Refused(problems.sorted(loader.allFiles()));
    }
  }

  static Map<String, String> texts(List<DrlFile> files, List<LoadedRule> rules) {
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach(file -> texts.put(file.path(), InjectedText.of(file, rules)));
    return texts;
  }
}
