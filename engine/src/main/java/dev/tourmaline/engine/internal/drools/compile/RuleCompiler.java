package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   *
   * <p>Loading the classes that Drools generates runs code of the rules.
   */
  public static Compilation compile(RuleSet rules) {
    Problems problems = new Problems();
    RuleLoader loader = RuleLoader.load(rules, problems);
    Optional<KieCompilation> accepted = build(loader, problems);
    if (accepted.isPresent()) {
      KieCompilation classes = accepted.get();
      try {
        List<RuleDefinition> definitions =
            loader.rules().stream().map(LoadedRule::definition).toList();
        CompiledRules compiled = new CompiledRules(classes.release(), definitions);
        return new Compilation.Compiled(compiled, problems.sorted(loader.allFiles()));
      } catch (RuntimeException | Error e) {
        // Loading runs the initialisers of what Drools has made of the rules.
        LoadFault.report(e, loader, problems);
      } finally {
        classes.discard();
      }
    }
    return new Compilation.Refused(problems.sorted(loader.allFiles()));
  }

  /**
   * {@return what is wrong with the rules and what could be better, in order of file and line}
   *
   * <p>Generates and compiles classes but loads none, so that nothing of a rule runs.
   */
  public static List<RuleProblem> check(RuleSet rules) {
    Problems problems = new Problems();
    RuleLoader loader = RuleLoader.load(rules, problems);
    build(loader, problems).ifPresent(KieCompilation::discard);
    return problems.sorted(loader.allFiles());
  }

  /** Compiles the rules together; empty if there are errors, which are reported. */
  private static Optional<KieCompilation> build(RuleLoader loader, Problems problems) {
    List<LoadedRule> loaded = loader.rules();
    if (problems.hasErrors() && loaded.isEmpty()) {
      return Optional.empty();
    }
    KieCompilation together = KieCompilation.run(() -> texts(loader.files(), loaded));
    if (!together.errors().isEmpty()) {
      new FaultBisection(loader, problems).search(loaded, together.errors());
    }
    if (problems.hasErrors() || !together.errors().isEmpty()) {
      together.discard();
      return Optional.empty();
    }
    return Optional.of(together);
  }

  static Map<String, String> texts(List<DrlFile> files, List<LoadedRule> rules) {
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach(file -> texts.put(file.path(), InjectedText.of(file, rules)));
    return texts;
  }
}
