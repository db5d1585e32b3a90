package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.behaviour.Behaviour;
import dev.tourmaline.benchmarks.behaviour.RuleGenerator;
import dev.tourmaline.benchmarks.behaviour.Style;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.List;
import java.util.Locale;

/** The rules that a job was told to use. */
final class Rules {

  private Rules() {}

  static List<Behaviour> behaviours(Values told) {
    Style style = Style.valueOf(told.text("style").toUpperCase(Locale.ROOT));
    return RuleGenerator.behaviours(style, told.whole("rules"));
  }

  static RuleSet of(Values told) {
    if (told.text("offers").equals("none")) {
      return RuleGenerator.rulesThatNeverOffer(behaviours(told));
    }
    return RuleGenerator.rules(behaviours(told));
  }
}
