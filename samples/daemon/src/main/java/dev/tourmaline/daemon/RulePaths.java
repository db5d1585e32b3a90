package dev.tourmaline.daemon;

import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.rules.RuleLocations;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that the paths of an option {@code --rules} lead to, and what is wrong with the others.
 *
 * @param rules the rules that could be read
 * @param faults each path that gives no rules, with its fault
 */
record RulePaths(RuleSet rules, List<Fault> faults) {

  static final String HELP =
      "where the rules are: a folder (every .drl file in it, however deep), a .drl file, or"
          + " pack:NAME for rules that come with Tourmaline. May be given several times.";

  /**
   * A path that gives no rules.
   *
   * @param path the path, as it was given
   * @param message what is wrong
   */
  record Fault(String path, String message) {}

  static RulePaths read(List<String> paths) {
    RuleSet rules = RuleSet.empty();
    List<Fault> faults = new ArrayList<>();
    for (String path : paths) {
      try {
        rules = rules.plus(RuleLocations.read(path));
      } catch (IllegalArgumentException e) {
        faults.add(new Fault(path, String.valueOf(e.getMessage())));
      }
    }
    return new RulePaths(rules, faults);
  }
}
