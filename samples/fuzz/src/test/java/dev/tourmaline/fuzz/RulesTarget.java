package dev.tourmaline.fuzz;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleSet;
import java.nio.charset.StandardCharsets;

/**
 * Text of rules: checking it throws nothing, ends, and runs nothing of a rule. Seeds set the system
 * property {@code ran} wherever a rule can hold code.
 */
public final class RulesTarget {

  private static final String MARK = "ran";

  private RulesTarget() {}

  /** Does what takes long at first. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput("rule".getBytes(StandardCharsets.US_ASCII));
  }

  /** Holds an input to the property. */
  public static void fuzzerTestOneInput(byte[] input) {
    String drl = new String(input, StandardCharsets.UTF_8);
    RuleBase.check(RuleSet.of("fuzz.drl", drl))
        .forEach(
            problem -> {
              if (problem.line() < 0 || problem.message().isBlank()) {
                throw new IllegalStateException("says not what is wrong where: " + problem);
              }
            });
    if (System.clearProperty(MARK) != null) {
      throw new IllegalStateException("a rule ran while it was checked");
    }
  }
}
