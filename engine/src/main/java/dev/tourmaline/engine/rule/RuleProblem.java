package dev.tourmaline.engine.rule;

/**
 * A diagnostic of a rule source: severity, place and message.
 *
 * @param severity whether the rules are refused for it
 * @param file the source the rule stands in, as its {@link RuleSet} names it
 * @param line the line, from 1; 0 where the problem concerns the whole file
 * @param rule the rule's name, or empty text where the problem lies outside a rule
 * @param message what is wrong, the value, and what would be right
 */
public record RuleProblem(Severity severity, String file, int line, String rule, String message) {

  /** How bad a problem is. */
  public enum Severity {
    /** The rules are refused. */
    ERROR,
    /** The rules work; there is a better way. */
    WARNING
  }

  /** {@return the problem as {@code file:line: severity: rule: message}, as editors parse it} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(severity == Severity.ERROR ? ": error: " : ": warning: ");
    if (!rule.isEmpty()) {
      text.append("rule \"").append(rule).append("\": ");
    }
    return text.append(message).toString();
  }
}
