package dev.tourmaline.engine.rule;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when rules are refused; carries every problem of every file. */
public final class InvalidRulesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<RuleProblem> problems;

  /**
   * Makes the exception.
   *
   * @param problems all problems, errors and warnings
   */
  public InvalidRulesException(List<RuleProblem> problems) {
    super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** {@return all problems, errors and warnings} */
  public List<RuleProblem> problems() {
    return problems;
  }
}
