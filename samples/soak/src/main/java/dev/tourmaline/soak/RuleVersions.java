package dev.tourmaline.soak;

import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.workload.Behaviour;
import dev.tourmaline.workload.Site;
import dev.tourmaline.workload.Style;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of the rules: two that share half of their rules, and any number of others, which
 * add a rule of their own. A tenth are event patterns, and two rules throw now and then.
 */
final class RuleVersions {

  private static final String THROWING =
      """
      rule "Throws an exception" @flow("tour_never")
      when
          $a : Action( click, path == "%s" )
      then
          tours.offer($a, "never: " + Integer.parseInt("none"));
      end
      rule "Throws an error" @flow("tour_never")
      when
          $a : Action( click, path == "%s" )
      then
          if ($a.getPath() != null) throw new AssertionError("the soak test fails a rule");
          tours.offer($a, "never");
      end
      """
          .formatted(Site.path(Site.PAGES - 1), Site.path(Site.PAGES - 2));

  private static final String ADDED =
      """
      rule "Added %1$d" @flow("tour_added")
      when
          $a : Action( pageview, path == "/added/%1$d" )
      then
          tours.offer($a, "added");
      end
      """;

  private static final String WELCOME =
      """
      rule "Welcome" @flow("tour_welcome")
      when
          $a : Action( pageview )
      then
          tours.offer($a, "welcome");
      end
      """;

  private final int rules;

  RuleVersions(int rules) {
    this.rules = rules;
  }

  /** A version that offers everybody a tour, which fills the tables of users and decisions. */
  RuleSet welcoming() {
    return RuleSet.of("welcome.drl", WELCOME);
  }

  /** The version of a minute: one of two, in turns. */
  RuleSet of(long minute) {
    return RuleSet.of("soak.drl", text(minute % 2 == 0 ? 0 : rules / 2));
  }

  /** A version that has not been compiled before. */
  RuleSet added(long minute) {
    return RuleSet.of("soak.drl", text(0) + ADDED.formatted(minute));
  }

  private String text(int from) {
    List<Behaviour> steps = Style.STEP.behaviours(from + rules).subList(from, from + rules);
    Stream<Behaviour> patterns =
        Style.PATTERN.behaviours(from + (rules + 9) / 10).stream().skip(from).map(this::renumbered);
    return Stream.concat(steps.stream(), patterns)
        .map(Behaviour::drl)
        .collect(Collectors.joining("\n", "", THROWING));
  }

  /** Rules of both styles have different names. */
  private Behaviour renumbered(Behaviour b) {
    return new Behaviour(
        b.number() + 2 * rules, b.form(), b.page(), b.other(), b.seconds(), b.count());
  }
}
