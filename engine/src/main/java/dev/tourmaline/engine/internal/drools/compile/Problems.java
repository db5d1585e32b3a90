package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.rule.RuleProblem;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The problems that a compilation has found so far. */
final class Problems {

  private final Set<RuleProblem> found = new LinkedHashSet<>();
  private final Set<RuleText> faulty = new HashSet<>();

  void error(RuleText rule, int line, String message) {
    faulty.add(rule);
    add(RuleProblem.Severity.ERROR, rule.file(), line, rule.name(), message);
  }

  void error(DrlFile file, int line, String message) {
    add(RuleProblem.Severity.ERROR, file, line, "", message);
  }

  /** An error at a token, of the rule in which it stands if it stands in one. */
  void error(DrlFile file, DrlToken at, String message) {
    file.ruleAt(at.start())
        .ifPresentOrElse(
            rule -> error(rule, at.line(), message), () -> error(file, at.line(), message));
  }

  void warning(RuleText rule, int line, String message) {
    add(RuleProblem.Severity.WARNING, rule.file(), line, rule.name(), message);
  }

  /** Runs a step of the compiler; whatever it throws is an error of the file. */
  void guard(DrlFile file, int line, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      error(file, line, explained(e));
    }
  }

  /** What keeps the compiler from reading rules, in its users' words. */
  static String explained(Throwable e) {
    if (e instanceof StackOverflowError) {
      return "this is nested too deeply, or too long in one piece, to be compiled";
    }
    if (e instanceof OutOfMemoryError) {
      return "there is not enough memory to compile this (" + e.getMessage() + ")";
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return "this cannot be compiled (" + cause + ")";
  }

  boolean hasErrors() {
    return found.stream().anyMatch(p -> p.severity() == RuleProblem.Severity.ERROR);
  }

  /** In order of the files as they were given, then of lines. */
  List<RuleProblem> sorted(List<DrlFile> files) {
    Map<String, Integer> order =
        IntStream.range(0, files.size())
            .boxed()
            .collect(Collectors.toMap(i -> files.get(i).name, i -> i, Math::min));
    return found.stream()
        .filter(problem -> !isBeside(problem))
        .sorted(
            Comparator.comparing((RuleProblem p) -> order.getOrDefault(p.file(), 0))
                .thenComparing(RuleProblem::line))
        .toList();
  }

  /** Whether it is advice about a rule that has to change anyway. */
  private boolean isBeside(RuleProblem problem) {
    return problem.severity() == RuleProblem.Severity.WARNING
        && faulty.stream()
            .anyMatch(
                rule ->
                    rule.name().equals(problem.rule()) && rule.file().name.equals(problem.file()));
  }

  private void add(
      RuleProblem.Severity severity, DrlFile file, int line, String rule, String message) {
    add(new RuleProblem(severity, file.name, line, rule, message));
  }

  void add(RuleProblem problem) {
    found.add(problem);
  }
}
