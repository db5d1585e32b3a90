package dev.tourmaline.daemon.config;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.rules.RuleLocations;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a key {@code rules} names: where rules come from, and what was read there. Immutable.
 *
 * @param locations the places, as the file says
 * @param folder where relative paths in the file start
 * @param rules what they held at the start, not yet compiled
 */
public record RuleSources(List<String> locations, Path folder, RuleSet rules) {

  /** Copies the list. */
  public RuleSources {
    locations = List.copyOf(locations);
  }

  /**
   * {@return what the places hold now}
   *
   * @throws IllegalArgumentException if some of them name no rules; the message holds every fault
   */
  public RuleSet readAgain() {
    return RuleLocations.readAll(locations, folder);
  }

  /** Reads the key {@code rules} of a block; empty if it has none. */
  static Optional<RuleSources> read(Section section, Faults faults, Path folder) {
    List<Section.Item> items = section.texts("rules");
    if (section.has("rules") && items.isEmpty() && faults.isEmpty()) {
      section.fault("rules", "is an empty list, it must name at least one place");
    }
    if (!section.has("rules")) {
      return Optional.empty();
    }
    RuleSet rules = RuleSet.empty();
    for (Section.Item item : items) {
      try {
        rules = rules.plus(RuleLocations.read(item.text(), folder));
      } catch (IllegalArgumentException e) {
        faults.add(
            item.line(),
            item.path(),
            item.isLiteral()
                ? String.valueOf(e.getMessage())
                : "is '%s', whose value names no rules that can be read".formatted(item.shown()));
      }
    }
    List<String> locations = items.stream().map(Section.Item::text).toList();
    return Optional.of(new RuleSources(locations, folder, rules));
  }

  /** Reports the rules' errors. */
  void check(Section section) {
    RuleBase.check(rules).stream()
        .filter(problem -> problem.severity() == RuleProblem.Severity.ERROR)
        .forEach(problem -> section.fault("rules", problem.toString()));
  }
}
