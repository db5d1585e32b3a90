package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.rule.RuleSet;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program that replaces its rules every minute for a year must not run out of. */
class ReplacedRulesLeaveNothingBehindTest {

  private static final int REPLACEMENTS = 200;

  private static RuleBase rules(String window) {
    return RuleBase.compile(
        RuleSet.of(
            "window.drl",
            """
            rule "Clicks" @flow("tour")
            when
                $a : Action( click, title != "a", clicksWithin("%1$s") > 2, visitsWithin("%1$s") > 1 )
            then
                tours.offer($a, "clicks");
            end
            """
                .formatted(window)));
  }

  @Test
  void replacingRulesDoesNotLoadClassesThatStay() {
    List<RuleBase> versions = List.of(rules("1m"), rules("2m"));
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    try (TourEngine engine = TourEngine.builder(versions.get(0)).lanes(1).build()) {
      for (int i = 0; i < 10; i++) {
        engine.replaceRules(versions.get(i % 2));
      }
      int before = classes.getLoadedClassCount();
      for (int i = 0; i < REPLACEMENTS; i++) {
        engine.replaceRules(versions.get(i % 2));
      }
      assertThat(classes.getLoadedClassCount() - before).isLessThan(REPLACEMENTS);
    }
  }
}
