package dev.tourmaline.daemon;

import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.rules.RuleLocations;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The option that says where the rules are. */
final class RuleOptions {

  @CommandLine.Option(
      names = "--rules",
      arity = "1..*",
      paramLabel = "PATH",
      description = {
        "where the rules are: a folder (every .drl file in it, however deep), a .drl file, or"
            + " pack:NAME for rules that come with Tourmaline. May be given several times."
      })
  private List<String> sources = new ArrayList<>();

  /**
   * The rules that could be read, and what is wrong with the other places.
   *
   * @param rules the rules
   * @param faults each place with its fault
   */
  record Read(RuleSet rules, List<Fault> faults) {}

  /**
   * A place that gives no rules.
   *
   * @param source the place, as it was given
   * @param message what is wrong
   */
  record Fault(String source, String message) {}

  boolean isGiven() {
    return !sources.isEmpty();
  }

  Read read() {
    RuleSet rules = RuleSet.empty();
    List<Fault> faults = new ArrayList<>();
    for (String source : sources) {
      try {
        rules = rules.plus(RuleLocations.read(source));
      } catch (IllegalArgumentException e) {
        faults.add(new Fault(source, e.getMessage()));
      }
    }
    return new Read(rules, faults);
  }
}
